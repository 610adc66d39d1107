// SPDX-License-Identifier: Apache-2.0
import { THREAD_FLAGS } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import { FD_TYPE } from "../capture/records.ts";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import type { FdInfo } from "./fd-info.ts";
import { OPEN_FLAG } from "./fd-open.ts";
import { NulStrings } from "./nul-strings.ts";
import { normalisePath } from "./path.ts";
import type { StateEngine } from "./state-engine.ts";
import { type Thread, UNKNOWN_ID, UNKNOWN_NAME } from "./thread.ts";

const { CLONE_INVERTED, IS_MAIN_THREAD } = THREAD_FLAGS;
const { eventpoll, memfd } = FD_TYPE;
const CLOEXEC = OPEN_FLAG.cloexec;

/** Parameters of the events of execve and execveat. */
const EXEC = {
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
  env: 15,
  tty: 16,
  vpgid: 17,
  loginuid: 18,
  flags: 19,
  capInheritable: 20,
  capPermitted: 21,
  capEffective: 22,
  exeIno: 23,
  exeInoCtime: 24,
  exeInoMtime: 25,
  uid: 26,
  trustedExepath: 27,
  pgid: 28,
  gid: 29,
} as const;

const EXE_FLAG = { writable: 1, upperLayer: 2, fromMemfd: 4, lowerLayer: 8 } as const;
const DELETED_SUFFIX = " (deleted)";

/** `AT_EMPTY_PATH` among the flags of execveat events. */
const EMPTY_PATH = 1;
const EPOLL_CLOEXEC = 1;
const MFD_CLOEXEC = 1;

/** A process runs another program. A call that failed changes nothing. */
export function onExec(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  if (event.id(0, -1) < 0) return;
  if (thread.isInvalid) complete(state, event, thread);
  setProgram(event, thread);
  const exepath = executablePath(event, thread);
  if (exepath !== null) thread.exepath = exepath;
  removeOtherThreads(state, event, thread);
  thread.flags &= CLONE_INVERTED | IS_MAIN_THREAD;
  closeOnExec(thread);
  thread.containerId = state.cgroups.containerId(thread.cgroups);
}

/** A thread of which only the id was known: the event tells who it is. */
function complete(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  thread.pid = event.id(EXEC.pid, -1);
  thread.ptid = event.id(EXEC.ptid, -1);
  thread.vtid = thread.tid;
  thread.vpid = thread.pid;
  state.threads.link(thread);
}

/** What the event tells of the process: one function, so that V8 has it compiled soon. */
function setProgram(event: SyscallEvent, thread: Thread): void {
  thread.exe = event.text(EXEC.exe) ?? "";
  thread.comm = event.text(EXEC.comm) || thread.exe;
  thread.args = new NulStrings(event.blob(EXEC.args));
  if (event.has(EXEC.env)) thread.env = new NulStrings(event.blob(EXEC.env));
  thread.cgroups = event.state.cgroups.read(event.blob(EXEC.cgroups));
  thread.lastExecTimeNs = event.timestampNs;

  thread.fdlimit = event.i64(EXEC.fdlimit, thread.fdlimit);
  thread.pageFaultsMajor = event.u64(EXEC.pageFaultsMajor, 0);
  thread.pageFaultsMinor = event.u64(EXEC.pageFaultsMinor, 0);
  thread.vmSizeKb = event.u32(EXEC.vmSize, 0);
  thread.vmRssKb = event.u32(EXEC.vmRss, 0);
  thread.vmSwapKb = event.u32(EXEC.vmSwap, 0);

  thread.tty = event.u32(EXEC.tty, thread.tty);
  thread.vpgid = event.id(EXEC.vpgid, thread.vpgid);
  thread.pgid = event.id(EXEC.pgid, -1);
  thread.loginuid = event.u32(EXEC.loginuid, thread.loginuid);
  thread.capInheritable = event.u64(EXEC.capInheritable, thread.capInheritable);
  thread.capPermitted = event.u64(EXEC.capPermitted, thread.capPermitted);
  thread.capEffective = event.u64(EXEC.capEffective, thread.capEffective);
  const uid = event.u32(EXEC.uid, UNKNOWN_ID);
  if (uid !== UNKNOWN_ID) thread.uid = uid;
  const gid = event.u32(EXEC.gid, UNKNOWN_ID);
  if (gid !== UNKNOWN_ID) thread.gid = gid;

  const flags = event.u32(EXEC.flags, 0);
  thread.isExeWritable = (flags & EXE_FLAG.writable) !== 0;
  thread.isExeUpperLayer = (flags & EXE_FLAG.upperLayer) !== 0;
  thread.isExeFromMemfd = (flags & EXE_FLAG.fromMemfd) !== 0;
  thread.isExeLowerLayer = (flags & EXE_FLAG.lowerLayer) !== 0;
  thread.exeIno = event.u64(EXEC.exeIno, 0);
  thread.exeInoCtimeNs = event.u64(EXEC.exeInoCtime, 0);
  thread.exeInoMtimeNs = event.u64(EXEC.exeInoMtime, 0);
  thread.execCloneTimeNs = thread.cloneTimeNs;
  thread.execNamespaceStartNs = BigInt(thread.pidNamespaceStartNs);
}

/** Null: nothing tells it, so it stays what it was. */
function executablePath(event: SyscallEvent, thread: Thread): ByteString | null {
  if (event.has(EXEC.trustedExepath)) {
    return withoutDeleted(event.text(EXEC.trustedExepath) ?? UNKNOWN_NAME);
  }
  const enter = event.state.pendingEnter(event, thread);
  if (enter === null) return null;
  if (event.definition.name === "execve") return execvePath(enter, thread);
  const directoryFd = enter.id(0, -1);
  // The directory becomes the descriptor that the event is about.
  event.fd = thread.fds?.get(directoryFd) ?? null;
  return execveatPath(enter, thread, directoryFd);
}

function execvePath(enter: SyscallEvent, thread: Thread): ByteString {
  const filename = enter.text(0);
  return filename === null ? UNKNOWN_NAME : normalisePath(thread.directory, filename);
}

function execveatPath(enter: SyscallEvent, thread: Thread, directoryFd: number): ByteString {
  const path = enter.text(1);
  if (path === null) return UNKNOWN_NAME;
  if (path === "" && (enter.u32(2, 0) & EMPTY_PATH) !== 0) {
    return thread.fds?.get(directoryFd)?.name ?? UNKNOWN_NAME;
  }
  return normalisePath(enter.state.directoryBase(thread, directoryFd), path);
}

/** A path without what the kernel appends when the file is gone. */
export function withoutDeleted(path: ByteString): ByteString {
  return path.endsWith(DELETED_SUFFIX) ? path.slice(0, -DELETED_SUFFIX.length) : path;
}

function removeOtherThreads(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const threads = thread.group?.threads ?? [];
  if (threads.length < 2) return;
  for (const other of [...threads]) {
    if (other !== thread) state.threads.remove(other.tid, event.timestampNs);
  }
}

function closeOnExec(thread: Thread): void {
  const fds = thread.fds;
  if (fds === null) return;
  fds.each((fd, info) => {
    if (closesOnExec(info)) fds.delete(fd);
  });
}

function closesOnExec(info: FdInfo): boolean {
  switch (info.type) {
    case eventpoll:
      return (info.flags & EPOLL_CLOEXEC) !== 0;
    case memfd:
      return (info.flags & MFD_CLOEXEC) !== 0;
    default:
      return (info.flags & CLOEXEC) !== 0;
  }
}
