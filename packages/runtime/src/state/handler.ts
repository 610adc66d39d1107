// SPDX-License-Identifier: Apache-2.0
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

/** What an event does to the state. `thread` is the one that made the event. */
export type Handler = (state: StateEngine, event: SyscallEvent, thread: Thread) => void;

/** Handlers of a family of events by the ids of the events. */
export type Handlers = Readonly<Record<string, Handler>>;

/** Only for calls that succeeded: the result, parameter 0, is not negative. */
export function onSuccess(handler: Handler): Handler {
  return (state, event, thread) => {
    if (event.id(0, -1) >= 0) handler(state, event, thread);
  };
}
