// SPDX-License-Identifier: Apache-2.0
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import type { FdInfo } from "./fd-info.ts";
import { OPEN_FLAG } from "./fd-open.ts";
import { type Handlers, onSuccess } from "./handler.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

const CLOEXEC = OPEN_FLAG.cloexec;
const CLOSE_RANGE_CLOEXEC = 4;
/** Commands of fcntl, in the numbering of events. */
const FCNTL = { duplicate: 1, setFlags: 3, duplicateCloexec: 26 } as const;
const FD_CLOEXEC = 1;

/** Calls that close descriptors, give them second numbers, or change whether they outlive an execve. */
export const DUPLICATE_HANDLERS: Handlers = {
  SYSCALL_CLOSE_X: onSuccess((state, event, thread) => {
    if (event.fd !== null) state.closeLater(thread, thread.lastFd);
  }),
  SYSCALL_CLOSE_RANGE_X: onSuccess(closeRange),
  SYSCALL_DUP_1_X: onSuccess((state, event, thread) => duplicate(state, event, thread, 0)),
  SYSCALL_DUP2_X: onSuccess((state, event, thread) => duplicate(state, event, thread, 0)),
  SYSCALL_DUP3_X: onSuccess((state, event, thread) => duplicate(state, event, thread, event.u32(3, 0))),
  SYSCALL_FCNTL_X: onSuccess(control),
};

function closeRange(_state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const fds = thread.fds;
  if (fds === null) return;
  const first = event.u32(1, 0);
  const last = event.u32(2, 0);
  const marks = (event.u32(3, 0) & CLOSE_RANGE_CLOEXEC) !== 0;
  fds.each((fd, info) => {
    if (fd < first || fd > last) return;
    if (!marks) fds.delete(fd);
    else if ((info.flags & CLOEXEC) === 0) setCloexec(fds.own(fd), true);
  });
}

/** The result is a second number for the event's descriptor. */
function duplicate(state: StateEngine, event: SyscallEvent, thread: Thread, flags: number): void {
  if (event.fd === null) return;
  const copy = event.fd.clone();
  copy.flags = (copy.flags & ~CLOEXEC) | (flags & CLOEXEC);
  state.addFd(event, thread, event.id(0, -1), copy);
}

function control(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const command = event.u8(2, 0);
  if (command === FCNTL.duplicate || command === FCNTL.duplicateCloexec) {
    duplicate(state, event, thread, command === FCNTL.duplicate ? 0 : CLOEXEC);
  } else if (command === FCNTL.setFlags) {
    setCloexec(state.ownFd(event, thread), (Number(event.u64(3, 0)) & FD_CLOEXEC) !== 0);
  }
}

function setCloexec(info: FdInfo | null, isSet: boolean): void {
  if (info === null) return;
  info.flags = isSet ? info.flags | CLOEXEC : info.flags & ~CLOEXEC;
}
