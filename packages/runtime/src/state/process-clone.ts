// SPDX-License-Identifier: Apache-2.0
import { THREAD_FLAGS } from "@falcoc/compiler/catalog";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { NulStrings } from "./nul-strings.ts";
import type { StateEngine } from "./state-engine.ts";
import { Thread } from "./thread.ts";

const { CHILD_IN_PIDNS, CLONE_FILES, CLONE_INVERTED, CLONE_NEWPID, CLONE_PARENT, CLONE_THREAD, CLONE_VFORK } =
  THREAD_FLAGS;

/** A parent's and a child's event of one call lie closer together than this. */
const SAME_CALL_NS = 2_000_000_000n;

/** Parameters of the events of clone, fork, vfork and clone3. */
const CLONE = {
  result: 0,
  exe: 1,
  args: 2,
  pid: 4,
  ptid: 5,
  fdlimit: 7,
  pageFaultsMajor: 8,
  pageFaultsMinor: 9,
  vmSize: 10,
  vmRss: 11,
  vmSwap: 12,
  comm: 13,
  cgroups: 14,
  flags: 15,
  uid: 16,
  gid: 17,
  vtid: 18,
  vpid: 19,
  pidNamespaceStart: 20,
} as const;

/** Cases in which the parent's event does not tell enough, so that the child's own event makes the child. */
const LEFT_TO_CHILD = CHILD_IN_PIDNS | CLONE_NEWPID | CLONE_PARENT | CLONE_VFORK;

/** Events of a new thread or process: one of the caller, with the child as result, and one of the child itself. */
export function onClone(state: StateEngine, event: SyscallEvent): void {
  const result = event.id(CLONE.result, -1);
  if (result > 0) onCaller(state, event, result);
  else if (result === 0) onChild(state, event);
}

function onCaller(state: StateEngine, event: SyscallEvent, childTid: number): void {
  const caller = state.threads.findOrAdd(event.tid);
  if (caller === null) return;
  event.attached = caller;
  const wasInvalid = caller.isInvalid;
  if (wasInvalid) completeCaller(state, event, caller);
  const flags = event.u32(CLONE.flags, 0);
  const isVfork = event.definition.name === "vfork";
  if ((flags & LEFT_TO_CHILD) !== 0 || caller.vtid !== caller.tid || isVfork) return;
  if (state.threads.exitedRecently(caller.tid, childTid, event.timestampNs, SAME_CALL_NS)) return;
  const existing = state.threads.find(childTid);
  if (existing !== null) {
    if ((existing.flags & CLONE_INVERTED) !== 0) return;
    state.threads.remove(childTid, event.timestampNs);
  }
  if (wasInvalid) nameFromEvent(event, caller);
  const child = newThread(event, childTid, flags);
  child.pid = isThread(flags) ? caller.pid : childTid;
  child.ptid = isThread(flags) ? caller.ptid : caller.tid;
  child.vtid = childTid;
  child.vpid = child.pid;
  inherit(child, caller, isThread(flags));
  child.pidNamespaceStartNs = state.bootTimeNs;
  addThread(state, child);
}

function onChild(state: StateEngine, event: SyscallEvent): void {
  const { tid, timestampNs } = event;
  const existing = state.threads.find(tid);
  if (existing !== null && existing.cloneTimeNs !== 0n) {
    if (timestampNs - existing.cloneTimeNs < SAME_CALL_NS) {
      event.attached = existing;
      return;
    }
    state.threads.remove(tid, timestampNs);
  }
  const flags = event.u32(CLONE.flags, 0);
  const child = newThread(event, tid, flags | CLONE_INVERTED);
  child.pid = event.id(CLONE.pid, -1);
  child.ptid = event.id(CLONE.ptid, -1);
  child.vtid = event.id(CLONE.vtid, tid);
  child.vpid = event.id(CLONE.vpid, -1);
  const source = state.threads.findOrAdd(isThread(flags) ? child.pid : child.ptid);
  if (source !== null) {
    if (!source.isInvalid) inherit(child, source, isThread(flags));
    else if (isThread(flags)) completeLeader(state, event, source, child);
  }
  child.pidNamespaceStartNs = namespaceStart(state, event, child);
  addThread(state, child);
  event.attached = child;
}

function isThread(flags: number): boolean {
  return (flags & CLONE_THREAD) !== 0;
}

/** The child as far as the event itself tells. */
function newThread(event: SyscallEvent, tid: number, flags: number): Thread {
  const child = new Thread(tid);
  child.cloneTimeNs = event.timestampNs;
  child.flags = isThread(flags) ? flags | CLONE_FILES : flags;
  nameFromEvent(event, child);
  child.cgroups = event.state.cgroups.read(event.blob(CLONE.cgroups));
  child.fdlimit = event.i64(CLONE.fdlimit, -1);
  child.pageFaultsMajor = event.u64(CLONE.pageFaultsMajor, 0);
  child.pageFaultsMinor = event.u64(CLONE.pageFaultsMinor, 0);
  child.vmSizeKb = event.u32(CLONE.vmSize, 0);
  child.vmRssKb = event.u32(CLONE.vmRss, 0);
  child.vmSwapKb = event.u32(CLONE.vmSwap, 0);
  child.uid = event.u32(CLONE.uid, 0);
  child.gid = event.u32(CLONE.gid, 0);
  return child;
}

function nameFromEvent(event: SyscallEvent, thread: Thread): void {
  thread.exe = event.text(CLONE.exe) ?? "";
  thread.comm = event.text(CLONE.comm) || thread.exe;
  thread.args = new NulStrings(event.blob(CLONE.args));
}

/** A caller of which only the id was known: the event tells the rest. */
function completeCaller(state: StateEngine, event: SyscallEvent, caller: Thread): void {
  caller.pid = event.id(CLONE.pid, -1);
  caller.ptid = event.id(CLONE.ptid, -1);
  caller.vtid = event.id(CLONE.vtid, caller.tid);
  caller.vpid = event.id(CLONE.vpid, -1);
  state.threads.link(caller);
}

/** The leader of a new thread, of which only the id was known. */
function completeLeader(state: StateEngine, event: SyscallEvent, leader: Thread, child: Thread): void {
  leader.pid = child.pid;
  leader.ptid = child.ptid;
  leader.vpid = child.vpid;
  leader.vtid = child.vpid;
  nameFromEvent(event, leader);
  state.threads.link(leader);
}

/** What a child has of the thread that it was cloned from. */
function inherit(child: Thread, source: Thread, asThread: boolean): void {
  child.exepath = source.exepath;
  child.isExeWritable = source.isExeWritable;
  child.isExeUpperLayer = source.isExeUpperLayer;
  child.isExeLowerLayer = source.isExeLowerLayer;
  child.isExeFromMemfd = source.isExeFromMemfd;
  child.exeIno = source.exeIno;
  child.exeInoCtimeNs = source.exeInoCtimeNs;
  child.exeInoMtimeNs = source.exeInoMtimeNs;
  child.execCloneTimeNs = source.execCloneTimeNs;
  child.execNamespaceStartNs = source.execNamespaceStartNs;
  child.root = source.root;
  child.sid = source.sid;
  child.vpgid = source.vpgid;
  child.pgid = source.pgid;
  child.tty = source.tty;
  child.loginuid = source.loginuid;
  child.capInheritable = source.capInheritable;
  child.capPermitted = source.capPermitted;
  child.capEffective = source.capEffective;
  if (asThread) {
    child.lastExecTimeNs = source.lastExecTimeNs;
    return;
  }
  const fds = source.fds;
  if (fds !== null) child.ownFds.inherit(fds);
  child.cwd = source.directory;
  child.env = source.env;
}

function namespaceStart(
  state: StateEngine,
  event: SyscallEvent,
  child: Thread,
): Thread["pidNamespaceStartNs"] {
  const isInNamespace = child.isInPidNamespace || (child.flags & CLONE_NEWPID) !== 0;
  if (!isInNamespace) return state.bootTimeNs;
  const sinceBoot = event.u64(CLONE.pidNamespaceStart, 0);
  return sinceBoot === 0 ? 0 : state.sinceBoot(sinceBoot);
}

function addThread(state: StateEngine, child: Thread): void {
  if (!state.threads.add(child)) return;
  state.threads.link(child);
  child.containerId = state.cgroups.containerId(child.cgroups);
}
