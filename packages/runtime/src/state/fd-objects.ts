// SPDX-License-Identifier: Apache-2.0
import { FD_TYPE, type FdType } from "../capture/records.ts";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { FdInfo } from "./fd-info.ts";
import { type Handlers, onSuccess, type SuccessHandler } from "./handler.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

/** Reads the flags of a call that makes a descriptor. */
type FlagsReader = (event: SyscallEvent) => number;

/** Calls whose result is a descriptor of something that is neither a file nor a socket. */
export const OBJECT_HANDLERS: Handlers = {
  SYSCALL_PIPE_X: onSuccess(pipe),
  SYSCALL_PIPE2_X: onSuccess(pipe),
  SYSCALL_EVENTFD_X: object(FD_TYPE.event),
  SYSCALL_EVENTFD2_X: object(FD_TYPE.event, (event) => event.u16(1, 0)),
  SYSCALL_SIGNALFD_X: object(FD_TYPE.signalfd),
  SYSCALL_SIGNALFD4_X: object(FD_TYPE.signalfd, (event) => event.u16(1, 0)),
  SYSCALL_TIMERFD_CREATE_X: object(FD_TYPE.timerfd),
  SYSCALL_INOTIFY_INIT_X: object(FD_TYPE.inotify),
  SYSCALL_INOTIFY_INIT1_X: object(FD_TYPE.inotify, (event) => event.u16(1, 0)),
  SYSCALL_EPOLL_CREATE_X: object(FD_TYPE.eventpoll),
  SYSCALL_EPOLL_CREATE1_X: object(FD_TYPE.eventpoll, (event) => event.u32(1, 0)),
  SYSCALL_USERFAULTFD_X: object(FD_TYPE.userfaultfd, (event) => event.u32(1, 0)),
  SYSCALL_IO_URING_SETUP_X: object(FD_TYPE.ioUring, (event) => event.u32(4, 0)),
  SYSCALL_BPF_2_X: object(FD_TYPE.bpf),
  SYSCALL_MEMFD_CREATE_X: onSuccess(memoryFile),
  SYSCALL_PIDFD_OPEN_X: onSuccess(openPidfd),
  SYSCALL_PIDFD_GETFD_X: onSuccess(takeFromProcess),
};

function object(type: FdType, readFlags: FlagsReader | null = null): SuccessHandler {
  return onSuccess((state, event, thread) => {
    const info = new FdInfo(type, "");
    if (readFlags !== null) info.flags = readFlags(event);
    state.addFd(event, thread, event.id(0, -1), info);
  });
}

/** Two ends; the event is about the second one. */
function pipe(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const ino = event.u64(3, 0);
  const flags = event.definition.name === "pipe2" ? event.u32(4, 0) : 0;
  const reading = new FdInfo(FD_TYPE.fifo, "");
  reading.ino = ino;
  reading.flags = flags;
  state.addFd(event, thread, event.id(1, -1), reading);
  state.addFd(event, thread, event.id(2, -1), reading.clone());
}

function memoryFile(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const info = new FdInfo(FD_TYPE.memfd, event.text(1) ?? "");
  info.flags = event.u32(2, 0);
  state.addFd(event, thread, event.id(0, -1), info);
}

function openPidfd(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const pid = event.id(1, 0);
  const info = new FdInfo(FD_TYPE.pidfd, `/proc/${pid}`);
  info.pid = pid;
  info.flags = event.u32(2, 0);
  state.addFd(event, thread, event.id(0, -1), info);
}

/** A copy of another process's descriptor, where both it and the process are known. */
function takeFromProcess(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const handle = thread.fds?.get(event.id(1, -1)) ?? null;
  if (handle === null || handle.type !== FD_TYPE.pidfd) return;
  const taken = state.threads.find(handle.pid)?.fds?.get(event.id(2, -1)) ?? null;
  if (taken === null) return;
  state.addFd(event, thread, event.id(0, -1), taken.clone());
}
