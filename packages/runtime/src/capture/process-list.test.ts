// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { ByteSink } from "./byte-sink.ts";
import { Cursor } from "./cursor.ts";
import { readProcessList, writeProcess } from "./process-list.ts";
import { type ProcessEntry, UNKNOWN_PROCESS } from "./records.ts";

/** A process of which every list tells what it can. */
const PROCESS: ProcessEntry = {
  ...UNKNOWN_PROCESS,
  tid: 11,
  pid: 10,
  ptid: 1,
  sid: 9,
  vpgid: 8,
  comm: "bash",
  exe: "-bash",
  exepath: "/usr/bin/bash",
  args: "-c\0id\0",
  cwd: "/root",
  fdlimit: 1024,
  flags: 3,
  uid: 1000,
  gid: 1001,
  vmSizeKb: 500,
  vmRssKb: 400,
  vmSwapKb: 300,
  pageFaultsMajor: 20,
  pageFaultsMinor: 30,
  env: "A=1\0",
  vtid: 2,
  vpid: 3,
  cgroups: "cpu=/a\0",
  root: "/jail",
};

/** What each version added, in the order of the file. */
const FIELDS: readonly (readonly [since: number, write: (sink: ByteSink, entry: ProcessEntry) => void])[] = [
  [1, (sink, one) => u64s(sink, one.tid, one.pid, one.ptid)],
  [6, (sink, one) => sink.u64(one.sid)],
  [8, (sink, one) => sink.u64(one.vpgid)],
  [1, (sink, one) => texts(sink, one.comm, one.exe)],
  [7, (sink, one) => texts(sink, one.exepath)],
  [1, (sink, one) => texts(sink, one.args, one.cwd)],
  [1, (sink, one) => sink.u64(one.fdlimit)],
  [1, (sink, one) => u32s(sink, one.flags, one.uid, one.gid)],
  [2, (sink, one) => u32s(sink, one.vmSizeKb, one.vmRssKb, one.vmSwapKb)],
  [2, (sink, one) => u64s(sink, one.pageFaultsMajor, one.pageFaultsMinor)],
  [3, (sink, one) => texts(sink, one.env)],
  [4, (sink, one) => u64s(sink, one.vtid, one.vpid)],
  [4, (sink, one) => texts(sink, one.cgroups)],
  [5, (sink, one) => texts(sink, one.root)],
];

function u32s(sink: ByteSink, ...numbers: number[]): void {
  for (const number of numbers) sink.u32(number);
}

function u64s(sink: ByteSink, ...numbers: (number | bigint)[]): void {
  for (const number of numbers) sink.u64(number);
}

function texts(sink: ByteSink, ...all: string[]): void {
  for (const text of all) sink.text(text, 4096);
}

/** First versions that tell of these. */
const SINCE: Readonly<Partial<Record<keyof ProcessEntry, number>>> = {
  vmSizeKb: 2,
  vmRssKb: 2,
  vmSwapKb: 2,
  pageFaultsMajor: 2,
  pageFaultsMinor: 2,
  env: 3,
  vtid: 4,
  vpid: 4,
  cgroups: 4,
  root: 5,
  sid: 6,
  exepath: 7,
  vpgid: 8,
};

it.each([1, 2, 3, 4, 5, 6, 7, 8])("version %i tells what it can, and the rest is unknown", (version) => {
  const sink = new ByteSink();
  for (const [since, write] of FIELDS) if (since <= version) write(sink, PROCESS);
  const known = Object.fromEntries(
    Object.entries(PROCESS).filter(([key]) => (SINCE[key as keyof ProcessEntry] ?? 1) <= version),
  );
  expect(read(sink, version)).toEqual([{ ...UNKNOWN_PROCESS, ...known }]);
});

const LATEST: ProcessEntry = {
  ...PROCESS,
  pgid: 7,
  pidNamespaceStartNs: 1_700_000_000_000_000_000n,
  tty: 34816,
  loginuid: 1000,
  exeWritable: true,
  capInheritable: 1,
  capPermitted: 2 ** 41 - 1,
  capEffective: 3,
  exeUpperLayer: true,
  exeIno: 77,
  exeInoCtimeNs: 5,
  exeInoMtimeNs: 6,
  exeFromMemfd: true,
  exeLowerLayer: true,
};

it("version 9 gives back what was written", () => {
  const sink = new ByteSink();
  writeProcess(sink, LATEST);
  writeProcess(sink, PROCESS);
  expect(read(sink, 9)).toEqual([LATEST, PROCESS]);
});

it("an entry of version 9 may end anywhere behind the terminal", () => {
  const sink = new ByteSink();
  writeProcess(sink, LATEST);
  sink.patchU32(0, sink.size - 8);
  const cut = new ByteSink();
  cut.copy(sink.take(), 0, sink.size - 8);
  expect(read(cut, 9)).toEqual([{ ...LATEST, pgid: -1 }]);
});

it("an old entry of version 9 has neither namespace nor terminal", () => {
  const sink = new ByteSink();
  sink.u32(0);
  for (const [, write] of FIELDS) write(sink, PROCESS);
  sink.u32(LATEST.loginuid);
  sink.u8(1);
  for (const set of [LATEST.capInheritable, LATEST.capPermitted, LATEST.capEffective]) sink.u64(set);
  sink.patchU32(0, sink.size);
  const { loginuid, capInheritable, capPermitted, capEffective } = LATEST;
  const tail = { loginuid, exeWritable: true, capInheritable, capPermitted, capEffective };
  expect(read(sink, 9)).toEqual([{ ...PROCESS, ...tail }]);
});

it("skips what a newer recorder put behind an entry of version 9", () => {
  const sink = new ByteSink();
  writeProcess(sink, LATEST);
  sink.u64(1);
  sink.patchU32(0, sink.size);
  const first = sink.size;
  writeProcess(sink, PROCESS);
  expect(sink.size).toBeGreaterThan(first);
  expect(read(sink, 9)).toEqual([LATEST, PROCESS]);
});

function read(sink: ByteSink, version: number): ProcessEntry[] {
  const bytes = Buffer.from(sink.take());
  const entries: ProcessEntry[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const cursor = new Cursor(bytes, view, 0, bytes.length, "test.scap", 0);
  readProcessList(cursor, version, (entry) => entries.push(entry));
  return entries;
}
