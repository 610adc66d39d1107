// SPDX-License-Identifier: Apache-2.0
import type { ByteSink } from "./byte-sink.ts";
import { type Cursor, LIST_BYTES_MAX, PATH_BYTES_MAX } from "./cursor.ts";
import { type ProcessEntry, UNKNOWN_PROCESS } from "./records.ts";

/** Fewer bytes than this cannot hold an entry: they are padding. */
const ENTRY_BYTES_MIN = 4;
/** An old form of version 9 ends its entries with this many bytes or fewer, without namespace start and terminal. */
const SHORT_TAIL_BYTES = 29;

/** Reads a process list of any version (1 to 9). */
export function readProcessList(cursor: Cursor, version: number, take: (entry: ProcessEntry) => void): void {
  while (cursor.remaining >= ENTRY_BYTES_MIN) {
    if (version < 9) take(readFixed(cursor, version));
    else {
      const entry = cursor.enter(cursor.u32() - 4);
      take({ ...readFixed(cursor, version), ...readTail(cursor) });
      entry.leave();
    }
  }
}

/** Writes one entry of a process list of version 9. */
export function writeProcess(sink: ByteSink, entry: ProcessEntry): void {
  const start = sink.size;
  sink.u32(0);
  writeFixed(sink, entry);
  writeTail(sink, entry);
  sink.patchU32(start, sink.size - start);
}

function readFixed(cursor: Cursor, version: number): ProcessEntry {
  const none = UNKNOWN_PROCESS;
  const id = (since: number) => (version >= since ? cursor.id() : -1);
  const text = (since: number, bytesMax: number) => (version >= since ? cursor.text(bytesMax) : "");
  const u32 = (since: number) => (version >= since ? cursor.u32() : 0);
  const u64 = (since: number) => (version >= since ? cursor.u64() : 0);
  return {
    ...none,
    tid: cursor.id(),
    pid: cursor.id(),
    ptid: cursor.id(),
    sid: id(6),
    vpgid: id(8),
    comm: cursor.text(PATH_BYTES_MAX),
    exe: cursor.text(PATH_BYTES_MAX),
    exepath: text(7, PATH_BYTES_MAX),
    args: cursor.text(LIST_BYTES_MAX),
    cwd: cursor.text(PATH_BYTES_MAX),
    fdlimit: cursor.u64(),
    flags: cursor.u32(),
    uid: cursor.u32(),
    gid: cursor.u32(),
    vmSizeKb: u32(2),
    vmRssKb: u32(2),
    vmSwapKb: u32(2),
    pageFaultsMajor: u64(2),
    pageFaultsMinor: u64(2),
    env: text(3, LIST_BYTES_MAX),
    vtid: id(4),
    vpid: id(4),
    cgroups: text(4, LIST_BYTES_MAX),
    root: text(5, PATH_BYTES_MAX),
  };
}

function writeFixed(sink: ByteSink, entry: ProcessEntry): void {
  for (const id of [entry.tid, entry.pid, entry.ptid, entry.sid, entry.vpgid]) sink.u64(BigInt(id));
  sink.text(entry.comm, PATH_BYTES_MAX);
  sink.text(entry.exe, PATH_BYTES_MAX);
  sink.text(entry.exepath, PATH_BYTES_MAX);
  sink.text(entry.args, LIST_BYTES_MAX);
  sink.text(entry.cwd, PATH_BYTES_MAX);
  sink.u64(entry.fdlimit);
  for (const number of [entry.flags, entry.uid, entry.gid]) sink.u32(number);
  for (const number of [entry.vmSizeKb, entry.vmRssKb, entry.vmSwapKb]) sink.u32(number);
  sink.u64(entry.pageFaultsMajor);
  sink.u64(entry.pageFaultsMinor);
  sink.text(entry.env, LIST_BYTES_MAX);
  sink.u64(BigInt(entry.vtid));
  sink.u64(BigInt(entry.vpid));
  sink.text(entry.cgroups, LIST_BYTES_MAX);
  sink.text(entry.root, PATH_BYTES_MAX);
}

/** What version 9 added; an entry may end after any of these. */
function readTail(cursor: Cursor): Partial<ProcessEntry> {
  const none = UNKNOWN_PROCESS;
  const withNamespace = cursor.remaining > SHORT_TAIL_BYTES;
  const u8 = () => cursor.remaining >= 1 && cursor.u8() !== 0;
  const u64 = () => (cursor.remaining >= 8 ? cursor.u64() : 0);
  return {
    pidNamespaceStartNs: withNamespace ? cursor.u64() : none.pidNamespaceStartNs,
    tty: withNamespace ? cursor.u32() : none.tty,
    loginuid: cursor.remaining >= 4 ? cursor.u32() : none.loginuid,
    exeWritable: u8(),
    capInheritable: u64(),
    capPermitted: u64(),
    capEffective: u64(),
    exeUpperLayer: u8(),
    exeIno: u64(),
    exeInoCtimeNs: u64(),
    exeInoMtimeNs: u64(),
    exeFromMemfd: u8(),
    exeLowerLayer: u8(),
    pgid: cursor.remaining >= 8 ? cursor.id() : none.pgid,
  };
}

function writeTail(sink: ByteSink, entry: ProcessEntry): void {
  sink.u64(entry.pidNamespaceStartNs);
  sink.u32(entry.tty);
  sink.u32(entry.loginuid);
  sink.u8(entry.exeWritable ? 1 : 0);
  sink.u64(entry.capInheritable);
  sink.u64(entry.capPermitted);
  sink.u64(entry.capEffective);
  sink.u8(entry.exeUpperLayer ? 1 : 0);
  sink.u64(entry.exeIno);
  sink.u64(entry.exeInoCtimeNs);
  sink.u64(entry.exeInoMtimeNs);
  sink.u8(entry.exeFromMemfd ? 1 : 0);
  sink.u8(entry.exeLowerLayer ? 1 : 0);
  sink.u64(BigInt(entry.pgid));
}
