// SPDX-License-Identifier: Apache-2.0
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

/** What an event does to the state. `thread` is the one that made the event. */
export type Handler = (state: StateEngine, event: SyscallEvent, thread: Thread) => void;

/** A handler that is only asked about calls that succeeded: the result, parameter 0, is not negative. */
export interface SuccessHandler {
  readonly onSuccess: Handler;
}

/** Handlers of a family of events by the ids of the events. */
export type Handlers = Readonly<Record<string, Handler | SuccessHandler>>;

export function onSuccess(handler: Handler): SuccessHandler {
  return { onSuccess: handler };
}
