// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openProbe, type Probe, ProbeError } from "@falcoc/probe";
import { type CaptureSink, liveSource } from "@falcoc/runtime";
import { type Benchmark, type Figure, summarise } from "./benchmark.ts";

const RUNS = 5;
/** Calls of each kind in a run; each round of calls makes four events. */
const CALLS = 100_000;
const EVENTS_MIN = 3 * CALLS;
const RING_BYTES = 256 * 1024 * 1024;
/** What is not a system call by these names is not sent, so that only the calls of the load are. */
const NOTHING: ReadonlySet<string> = new Set();

/** The kernel's own events: what they cost the machine, and what it costs to read them. */
export const probe: Benchmark = {
  name: "probe",
  about: "live events: processor time that they add to a call, and of reading them from the ring",
  async run() {
    try {
      openProbe({ events: NOTHING }).close();
    } catch (error) {
      if (error instanceof ProbeError) return { skipped: error.message };
      throw error;
    }
    const folder = mkdtempSync(join(tmpdir(), "falcoc-bench-"));
    try {
      const program = join(folder, "calls");
      execFileSync("cc", ["-O2", "-o", program, fileURLToPath(new URL("calls.c", import.meta.url))]);
      return [...measureCalls(program), ...(await measureReading(program))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface CallTimes {
  readonly getppid: number;
  readonly close: number;
  readonly openAndClose: number;
}

function measureCalls(program: string): Figure[] {
  const bare: CallTimes[] = [];
  const watched: CallTimes[] = [];
  for (let i = 0; i < RUNS; i++) {
    bare.push(callTimes(program));
    const open = openProbe({ events: NOTHING, ringBytes: RING_BYTES });
    watched.push(callTimes(program));
    open.close();
  }
  const added = (time: (times: CallTimes) => number) =>
    summarise(watched.map((times, i) => time(times) - time(bare[i] ?? times)));
  return [
    { label: "a bare getppid", unit: "ns", ...summarise(bare.map((times) => times.getppid)) },
    { label: "added to a call that is not sent", unit: "ns", ...added((times) => times.getppid) },
    { label: "added to close, which is sent", unit: "ns", ...added((times) => times.close) },
    {
      label: "added to openat, which is sent",
      unit: "ns",
      ...added((times) => times.openAndClose - times.close),
    },
  ];
}

function callTimes(program: string): CallTimes {
  const lines = execFileSync(program, [String(CALLS)], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map(Number);
  const [getppid = 0, close = 0, openAndClose = 0] = lines;
  return { getppid, close, openAndClose };
}

async function measureReading(program: string): Promise<Figure[]> {
  const walked: number[] = [];
  const followed: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    walked.push(await readingTime(program, (open, take, signal) => open.run(idleSink(take), signal)));
    followed.push(
      await readingTime(program, (open, take, signal) =>
        liveSource((sink, abort) => open.run(sink, abort)).run(take, signal),
      ),
    );
  }
  return [
    { label: "walking the ring, an event", unit: "ns", aim: "<= 10", ...summarise(walked) },
    { label: "plus decoding and state, an event", unit: "ns", ...summarise(followed) },
  ];
}

/** Fills the ring first, then reads it: processor time of an event, from the first one to the last. */
async function readingTime(
  program: string,
  read: (open: Probe, take: () => void, signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const open = openProbe({ events: NOTHING, ringBytes: RING_BYTES });
  execFileSync(program, [String(CALLS)]);
  const stop = new AbortController();
  let start: NodeJS.CpuUsage | null = null;
  let usedUs = 0;
  let left = EVENTS_MIN;
  const take = () => {
    start ??= process.cpuUsage();
    if (--left !== 0) return;
    const used = process.cpuUsage(start);
    usedUs = used.user + used.system;
    stop.abort();
  };
  await read(open, take, stop.signal);
  return (usedUs * 1000) / EVENTS_MIN;
}

function idleSink(event: () => void): CaptureSink {
  const nothing = () => {};
  return {
    section: nothing,
    machine: nothing,
    interfaces: nothing,
    users: nothing,
    process: nothing,
    fds: nothing,
    metadataEnd: nothing,
    event,
  };
}
