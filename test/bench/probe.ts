// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from "node:fs";
import { openProbe, type ProgramStats } from "@falcoc/probe";
import { type Benchmark, type Figure, summarise } from "./benchmark.ts";
import { Calls, type CallTimes, withKernel } from "./calls.ts";

const RUNS = 7;
/** Calls of each kind in a run; each round of calls makes four events. */
const CALLS = 100_000;
/** Holds the events of a run: nobody reads them. */
const RING_BYTES = 256 * 1024 * 1024;
/** What is not a system call by these names is not sent, but for what the state needs. */
const NOTHING: ReadonlySet<string> = new Set();
const STATS_SWITCH = "/proc/sys/kernel/bpf_stats_enabled";

/** What the kernel programs add to single calls. */
export const probe: Benchmark = {
  name: "probe",
  about: "processor time that the kernel programs add to a call, while nobody reads what they send",
  run: () =>
    withKernel(async (folder) => {
      const calls = new Calls(folder);
      return [...measureCalls(calls), measurePrograms(calls)];
    }),
};

function measureCalls(calls: Calls): Figure[] {
  const bare: CallTimes[] = [];
  const watched: CallTimes[] = [];
  for (let i = 0; i < RUNS; i++) {
    bare.push(calls.times(CALLS));
    withProbe(() => watched.push(calls.times(CALLS)));
  }
  const figures = (label: string, time: (times: CallTimes) => number, engine: string): Figure[] => [
    { label: `${label}, bare`, unit: "ns", ...summarise(bare.map(time)) },
    { label: `${label}, watched`, unit: "ns", aim: engine, ...summarise(watched.map(time)) },
  ];
  return [
    ...figures("getpid, not sent", ({ getpid }) => getpid, "C++ engine: 150 -> 220"),
    ...figures("close of nothing, sent", ({ close }) => close, ""),
    ...figures("openat and close, sent", ({ openAndClose }) => openAndClose, "C++ engine: 1700 -> 5700"),
  ];
}

/** What the kernel measures of the program that all others are reached from, itself and the measuring included. */
function measurePrograms(calls: Calls): Figure {
  const before = readFileSync(STATS_SWITCH, "utf8");
  const sum = (stats: readonly ProgramStats[], key: "runs" | "runTimeNs") =>
    stats.reduce((total, program) => total + program[key], 0);
  writeFileSync(STATS_SWITCH, "1");
  try {
    const samples = Array.from({ length: RUNS }, () =>
      withProbe((stats) => {
        calls.times(CALLS);
        return sum(stats(), "runTimeNs") / sum(stats(), "runs");
      }),
    );
    return { label: "programs, by the kernel's own measure, a call", unit: "ns", ...summarise(samples) };
  } finally {
    writeFileSync(STATS_SWITCH, before);
  }
}

function withProbe<T>(use: (stats: () => readonly ProgramStats[]) => T): T {
  const open = openProbe({ events: NOTHING, ringBytes: RING_BYTES });
  try {
    return use(() => open.stats());
  } finally {
    open.close();
  }
}
