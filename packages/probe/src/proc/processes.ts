// SPDX-License-Identifier: Apache-2.0
import { THREAD_FLAGS } from "@falcoc/compiler/catalog";
import { type ProcessEntry, UNKNOWN_PROCESS } from "@falcoc/runtime";
import { readCgroups } from "./cgroups.ts";
import { type FileStatus, readLink, readNumbers, readStart, readStatus, readText } from "./read-proc.ts";

/** Longest command line, environment and list of cgroups that is kept. */
const LIST_BYTES_MAX = 4096;
/** What /proc calls a tick is a hundredth of a second on every architecture. */
const NS_PER_TICK = 10_000_000n;
/** Place of the time of start among the numbers of `stat`. */
const START_AT = 19;
const DELETED = " (deleted)";
const MEMORY_FILE = "/memfd:";
const UNLIMITED = "unlimited";
const WRITABLE_BY_OTHERS = 0o002;
const WRITABLE_BY_GROUP = 0o020;

/** Every thread of the machine, the leader of each process before the others. */
export function* threadIds(): Generator<{ readonly pid: number; readonly tid: number }> {
  for (const pid of readNumbers("/proc")) {
    yield { pid, tid: pid };
    for (const tid of readNumbers(`/proc/${pid}/task`)) if (tid !== pid) yield { pid, tid };
  }
}

/** What /proc tells of one thread; null: it is gone, a thread of the kernel, or was not waited for. */
export function readProcess(pid: number, tid: number, bootTimeNs: bigint): ProcessEntry | null {
  const folder = `/proc/${pid}/task/${tid}`;
  const status = readFields(`${folder}/status`);
  const stat = readStat(`${folder}/stat`);
  if (status === null || stat === null) return null;
  const exe = readLink(`${folder}/exe`);
  const commandLine = readStart(`${folder}/cmdline`, LIST_BYTES_MAX) ?? "";
  if (exe === null && commandLine === "") return null;
  const isLeader = tid === pid;
  const [, uid = 0] = numbersOf(status.get("Uid"));
  const [, gid = 0] = numbersOf(status.get("Gid"));
  const start = commandLine.indexOf("\0") + 1 || commandLine.length;
  return {
    ...UNKNOWN_PROCESS,
    tid,
    pid,
    ptid: numberOf(status.get("PPid")),
    sid: stat.session,
    pgid: stat.group,
    vtid: lastOf(status.get("NSpid"), tid),
    vpid: lastOf(status.get("NStgid"), pid),
    vpgid: lastOf(status.get("NSpgid"), stat.group),
    comm: (readText(`${folder}/comm`) ?? "").replace(/\n$/, ""),
    exe: commandLine.slice(0, start).replace(/\0$/, ""),
    args: endedByNul(commandLine.slice(start)),
    exepath: exe?.endsWith(DELETED) ? exe.slice(0, -DELETED.length) : (exe ?? ""),
    cwd: isLeader ? (readLink(`${folder}/cwd`) ?? "") : "",
    root: readLink(`${folder}/root`) ?? "",
    env: isLeader ? endedByNul(readStart(`${folder}/environ`, LIST_BYTES_MAX) ?? "") : "",
    cgroups: readCgroups(`${folder}/cgroup`),
    fdlimit: openFilesLimit(`${folder}/limits`),
    flags: isLeader ? 0 : THREAD_FLAGS.CLONE_THREAD | THREAD_FLAGS.CLONE_FILES,
    uid,
    gid,
    loginuid: numberOf(readText(`${folder}/loginuid`) ?? undefined, UNKNOWN_PROCESS.loginuid),
    tty: stat.terminal,
    vmSizeKb: numberOf(status.get("VmSize")),
    vmRssKb: numberOf(status.get("VmRSS")),
    vmSwapKb: numberOf(status.get("VmSwap")),
    pageFaultsMajor: stat.majorFaults,
    pageFaultsMinor: stat.minorFaults,
    capInheritable: bitsOf(status.get("CapInh")),
    capPermitted: bitsOf(status.get("CapPrm")),
    capEffective: bitsOf(status.get("CapEff")),
    pidNamespaceStartNs: readStatus(`${folder}/root/proc/1/cmdline`)?.changedNs ?? 0,
    cloneTimeNs: bootTimeNs + BigInt(stat.startTicks) * NS_PER_TICK,
    ...executable(`${folder}/exe`, exe ?? "", uid, gid),
  };
}

/** Fields of the file of the program that is run. */
function executable(link: string, path: string, uid: number, gid: number): Partial<ProcessEntry> {
  const status = readStatus(link);
  if (status === null) return {};
  return {
    exeWritable: isWritable(status, uid, gid),
    exeFromMemfd: path.startsWith(MEMORY_FILE),
    exeIno: integer(status.inode),
    exeInoCtimeNs: integer(status.changedNs),
    exeInoMtimeNs: integer(status.modifiedNs),
  };
}

/** By the mode bits, as the kernel part judges a new program; root may write everything. */
function isWritable(status: FileStatus, uid: number, gid: number): boolean {
  if (uid === 0 || uid === status.uid) return true;
  if ((status.mode & WRITABLE_BY_OTHERS) !== 0) return true;
  return (status.mode & WRITABLE_BY_GROUP) !== 0 && gid === status.gid;
}

/** Lines of the form `Name:<tab>value`. */
function readFields(path: string): ReadonlyMap<string, string> | null {
  const text = readText(path);
  if (text === null) return null;
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}

interface Stat {
  readonly group: number;
  readonly session: number;
  readonly terminal: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  /** Since the machine was started. */
  readonly startTicks: number;
}

/** The numbers of `stat` follow the name, which is in brackets and may hold brackets and blanks itself. */
function readStat(path: string): Stat | null {
  const text = readText(path);
  if (text === null) return null;
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const startTicks = fields[START_AT] ?? 0;
  const [, , group = -1, session = -1, terminal = 0, , , minorFaults = 0, , majorFaults = 0] = fields;
  return { group, session, terminal, minorFaults, majorFaults, startTicks };
}

function openFilesLimit(path: string): number {
  const line = /^Max open files\s+(\S+)/m.exec(readText(path) ?? "");
  return line?.[1] === undefined || line[1] === UNLIMITED ? UNKNOWN_FILES_LIMIT : Number(line[1]);
}

const UNKNOWN_FILES_LIMIT = -1;

function numberOf(text: string | undefined, otherwise = 0): number {
  const number = Number.parseInt(text ?? "", 10);
  return Number.isNaN(number) ? otherwise : number;
}

function numbersOf(text: string | undefined): number[] {
  return (text ?? "").split(/\s+/).map(Number);
}

/** The number in the innermost of the namespaces. */
function lastOf(text: string | undefined, otherwise: number): number {
  return numbersOf(text).at(-1) || otherwise;
}

function bitsOf(text: string | undefined): number | bigint {
  return text === undefined ? 0 : integer(BigInt(`0x${text}`));
}

/** A number where it is exact. */
function integer(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Strings that were cut off, or were never ended, end by a NUL. */
function endedByNul(text: string): string {
  return text === "" || text.endsWith("\0") ? text : `${text.slice(0, LIST_BYTES_MAX - 1)}\0`;
}
