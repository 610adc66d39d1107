// SPDX-License-Identifier: Apache-2.0
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

const REAPER_PARAMETER = 4;

/** A thread has exited. It stays until the next event, so that rules on its exit still see it. */
export function onExit(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  if (thread.children.size > 0) thread.reaperTid = event.id(REAPER_PARAMETER, -1);
  state.threads.markDead(thread);
  state.removeLater(thread);
}
