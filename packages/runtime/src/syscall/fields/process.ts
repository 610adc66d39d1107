// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse, FieldValue } from "@falcoc/compiler/program";
import { type Integer, toInteger } from "../../capture/integers.ts";
import { descriptorType, NO_TEXT } from "../../state/descriptor-text.ts";
import type { Thread } from "../../state/thread.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, fromThread, indexOf, ofThread, type Read } from "./factory.ts";

const STANDARD = { input: 0, output: 1, error: 2 } as const;
const PERCENT = 100;

/** The process that made the event, and its parent. */
export const PROCESS_FIELDS: Fields = {
  "proc.exe": ofThread((thread) => thread.exe),
  "proc.exepath": ofThread((thread) => thread.exepath),
  "proc.name": ofThread((thread) => thread.comm),
  "proc.pexe": ofParent((parent) => parent.exe),
  "proc.pexepath": ofParent((parent) => parent.exepath),
  "proc.pname": ofParent((parent) => parent.comm),
  "proc.pcmdline": ofParent((parent) => parent.commandLine),
  "proc.args": processArguments,
  "proc.cmdline": ofThread((thread) => thread.commandLine),
  "proc.exeline": ofThread((thread) => `${thread.exe} ${thread.args.joined}`),
  "proc.cmdnargs": ofThread((thread) => thread.args.items.length),
  "proc.cmdlenargs": ofThread((thread) => thread.args.items.reduce((sum, one) => sum + one.length, 0)),
  "proc.env": environment,
  "proc.cwd": ofThread((thread) => thread.directory),
  "proc.tty": ofThread((thread) => thread.tty),
  "proc.pid": ofThread((thread) => thread.pid),
  "proc.ppid": ofParent((parent) => parent.pid),
  "proc.vpid": ofThread((thread) => knownId(thread.vpid)),
  "proc.pvpid": ofThread((thread, event) => knownId(event.state.threads.parent(thread)?.vpid ?? -1)),
  "proc.duration": ofThread((thread, event) => since(event, thread.cloneTimeNs)),
  "proc.pid.ts": ofThread((thread) => known(toInteger(thread.cloneTimeNs))),
  "proc.ppid.ts": ofThread((thread, event) => {
    const parent = event.state.threads.parent(thread);
    return parent === null ? null : toInteger(parent.cloneTimeNs);
  }),
  "proc.ppid.duration": ofThread(parentDuration),
  "proc.is_exe_writable": ofThread((thread) => thread.isExeWritable),
  "proc.is_exe_upper_layer": ofThread((thread) => thread.isExeUpperLayer),
  "proc.is_exe_lower_layer": ofThread((thread) => thread.isExeLowerLayer),
  "proc.is_exe_from_memfd": ofThread((thread) => thread.isExeFromMemfd),
  "proc.is_sid_leader": ofThread((thread) => thread.sid === thread.vpid),
  "proc.is_vpgid_leader": ofThread((thread) => thread.vpgid === thread.vpid),
  "proc.is_pgid_leader": ofThread((thread) => thread.pgid === thread.pid),
  "proc.exe_ino": ofThread((thread) => known(thread.exeIno)),
  "proc.exe_ino.ctime": ofThread((thread) => known(thread.exeInoCtimeNs)),
  "proc.exe_ino.mtime": ofThread((thread) => known(thread.exeInoMtimeNs)),
  "proc.exe_ino.ctime_duration_proc_start": ofThread((thread) => known(thread.ctimeToCloneNs)),
  "proc.exe_ino.ctime_duration_pidns_start": ofThread((thread) => known(thread.pidNamespaceToCtimeNs)),
  "proc.pidns_init_start_ts": ofThread((thread) => known(thread.pidNamespaceStartNs)),
  "proc.fdopencount": ofThread(({ main }) => main?.ownFds.size ?? 0),
  "proc.fdlimit": ofThread(({ main }) => main?.fdlimit ?? 0),
  "proc.fdusage": ofThread(({ main }) => (main === null ? 0 : fdUsage(main))),
  "proc.vmsize": ofThread((thread) => thread.vmSizeKb),
  "proc.vmrss": ofThread((thread) => thread.vmRssKb),
  "proc.vmswap": ofThread((thread) => thread.vmSwapKb),
  "proc.nthreads": ofThread((thread) => thread.group?.alive ?? 0),
  "proc.nchilds": ofThread(threadsBesidesLeader),
  "proc.stdin.type": standardType(STANDARD.input),
  "proc.stdout.type": standardType(STANDARD.output),
  "proc.stderr.type": standardType(STANDARD.error),
  "proc.stdin.name": standardName(STANDARD.input),
  "proc.stdout.name": standardName(STANDARD.output),
  "proc.stderr.name": standardName(STANDARD.error),
};

/** Value of an environment variable: without blanks around it, empty where there is none. */
export function variable(env: readonly ByteString[], name: ByteString): ByteString {
  const found = env.find((entry) => entry.startsWith(name) && entry[name.length] === "=");
  return found === undefined
    ? ""
    : found.slice(name.length + 1).replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, "");
}

/** A number that is 0 where it is not known. */
export function known(value: Integer): Integer | null {
  return value === 0 ? null : value;
}

/** A number that is -1 where it is not known. */
export function knownId(id: number): number | null {
  return id === -1 ? null : id;
}

/** Time from a time to an event; null where the time is not known. */
export function since(event: SyscallEvent, timeNs: bigint): Integer | null {
  return timeNs === 0n ? null : toInteger(BigInt.asUintN(64, event.timestampNs - timeNs));
}

function ofParent(read: (parent: Thread) => FieldValue | null): Factory {
  return ofThread((thread, event) => {
    const parent = event.state.threads.parentProcess(thread);
    return parent === null ? null : read(parent);
  });
}

function processArguments({ argument }: FieldUse): Read {
  const index = indexOf(argument);
  const read = (thread: Thread) => (index === null ? thread.args.joined : (thread.args.items[index] ?? ""));
  return fromThread(read);
}

function environment({ argument }: FieldUse): Read {
  const isName = argument !== null && !/^[0-9]+$/.test(argument);
  const read = (thread: Thread) =>
    isName ? variable(thread.environment.items, argument) : thread.environment.joined;
  return fromThread(read);
}

/** Where the engine does not know when the parent began, it shows a count of descriptors in the place of time. */
function parentDuration(thread: Thread, event: SyscallEvent): Integer | null {
  const parent = event.state.threads.parentProcess(thread);
  if (parent === null) return null;
  return since(event, parent.cloneTimeNs) ?? thread.main?.ownFds.size ?? null;
}

function fdUsage(main: Thread): number {
  const limit = Number(main.fdlimit);
  if (limit <= 0) return 0;
  return Math.min((main.ownFds.size * PERCENT) / limit, PERCENT);
}

function threadsBesidesLeader(thread: Thread): number {
  const group = thread.group;
  if (group === null) return 0;
  const leader = thread.main;
  return leader !== null && !leader.isDead ? group.alive - 1 : group.alive;
}

function standardType(fd: number): Factory {
  return ofThread((thread) => {
    const info = thread.fds?.get(fd) ?? null;
    return info === null ? null : (descriptorType(info.type).text ?? NO_TEXT);
  });
}

function standardName(fd: number): Factory {
  return ofThread((thread) => thread.fds?.get(fd)?.name ?? null);
}
