// SPDX-License-Identifier: Apache-2.0
import { THREAD_FLAGS } from "@falcoc/compiler/catalog";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { type Handlers, onSuccess, type SuccessHandler } from "./handler.ts";
import { normalisePath } from "./path.ts";
import type { StateEngine } from "./state-engine.ts";
import { type Thread, UNKNOWN_ID } from "./thread.ts";

const NOFILE = 7;
const PRCTL = { setSubreaper: 36, getSubreaper: 37 } as const;
/** Bits of all capabilities that the engine knows. */
const ALL_CAPABILITIES = 2 ** 41 - 1;

/** Calls that change what a process is: directories, ids, capabilities, limits, memory. */
export const ATTRIBUTE_HANDLERS: Handlers = {
  SYSCALL_CHDIR_X: onSuccess((_state, event, thread) => thread.changeDirectory(event.text(1) ?? "")),
  SYSCALL_FCHDIR_X: onSuccess((_state, event, thread) => {
    if (event.fd !== null) thread.changeDirectory(event.fd.name);
  }),
  SYSCALL_GETCWD_X: onSuccess((_state, event, thread) => thread.changeDirectory(event.text(1) ?? "")),
  SYSCALL_CHROOT_X: onSuccess((state, event, thread) => {
    thread.root = normalisePath(thread.directory, event.text(1) ?? "");
    thread.containerId = state.cgroups.containerId(thread.cgroups);
  }),
  SYSCALL_SETSID_X: onSuccess((_state, event, thread) => {
    thread.sid = event.id(0, -1);
  }),
  SYSCALL_SETUID_X: setUid(1),
  SYSCALL_SETRESUID_X: setUid(2),
  SYSCALL_SETREUID_X: setUid(2),
  SYSCALL_SETGID_X: setGid(1),
  SYSCALL_SETRESGID_X: setGid(2),
  SYSCALL_SETREGID_X: setGid(2),
  SYSCALL_CAPSET_X: onSuccess((_state, event, thread) => {
    thread.capInheritable = event.u64(1, thread.capInheritable);
    thread.capPermitted = event.u64(2, thread.capPermitted);
    thread.capEffective = event.u64(3, thread.capEffective);
  }),
  SYSCALL_UNSHARE_X: enterNamespaces(1),
  SYSCALL_SETNS_X: enterNamespaces(2),
  SYSCALL_PRCTL_X: onSuccess(setSubreaper),
  SYSCALL_GETRLIMIT_X: setLimit(3),
  SYSCALL_SETRLIMIT_X: setLimit(3),
  SYSCALL_PRLIMIT_X: onSuccess(setLimitOfProcess),
  SYSCALL_BRK_4_X: setMemory,
  SYSCALL_MMAP_X: setMemory,
  SYSCALL_MMAP2_X: setMemory,
  SYSCALL_MUNMAP_X: setMemory,
  SCHEDSWITCH_6_E: onScheduled,
};

function setUid(index: number): SuccessHandler {
  return onSuccess((_state, event, thread) => {
    const uid = event.u32(index, UNKNOWN_ID);
    if (uid !== UNKNOWN_ID) thread.uid = uid;
  });
}

function setGid(index: number): SuccessHandler {
  return onSuccess((_state, event, thread) => {
    const gid = event.u32(index, UNKNOWN_ID);
    if (gid !== UNKNOWN_ID) thread.gid = gid;
  });
}

/** A new user namespace gives all capabilities in it. */
function enterNamespaces(flagsParameter: number): SuccessHandler {
  return onSuccess((_state, event, thread) => {
    if ((event.u32(flagsParameter, 0) & THREAD_FLAGS.CLONE_NEWUSER) === 0) return;
    thread.capInheritable = ALL_CAPABILITIES;
    thread.capPermitted = ALL_CAPABILITIES;
    thread.capEffective = ALL_CAPABILITIES;
  });
}

function setSubreaper(_state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const option = event.u32(1, 0);
  if (option !== PRCTL.setSubreaper && option !== PRCTL.getSubreaper) return;
  if (thread.group !== null) thread.group.isReaper = event.i64(3, 0) !== 0;
}

function setLimit(resourceParameter: number): SuccessHandler {
  return onSuccess((_state, event, thread) => {
    if (event.u8(resourceParameter, 0) !== NOFILE) return;
    const main = thread.main;
    if (main !== null) main.fdlimit = event.i64(1, main.fdlimit);
  });
}

/** The call may be about another process; without a new limit it tells the old one. */
function setLimitOfProcess(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  if (event.u8(6, 0) !== NOFILE) return;
  const pid = event.id(5, 0);
  const main = (pid === 0 ? thread : state.threads.find(pid))?.main ?? null;
  if (main === null) return;
  const current = event.i64(1, -1);
  main.fdlimit = current === -1 ? event.i64(3, main.fdlimit) : current;
}

function setMemory(_state: StateEngine, event: SyscallEvent, thread: Thread): void {
  thread.vmSizeKb = event.u32(1, thread.vmSizeKb);
  thread.vmRssKb = event.u32(2, thread.vmRssKb);
  thread.vmSwapKb = event.u32(3, thread.vmSwapKb);
}

function onScheduled(_state: StateEngine, event: SyscallEvent, thread: Thread): void {
  thread.pageFaultsMajor = event.u64(1, thread.pageFaultsMajor);
  thread.pageFaultsMinor = event.u64(2, thread.pageFaultsMinor);
  const { main } = thread;
  if (main === null) return;
  main.vmSizeKb = event.u32(3, main.vmSizeKb);
  main.vmRssKb = event.u32(4, main.vmRssKb);
  main.vmSwapKb = event.u32(5, main.vmSwapKb);
}
