// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Benchmark, Figure } from "./benchmark.ts";
import { Calls, withKernel } from "./calls.ts";
import { startLive } from "./live-process.ts";
import type { LiveMode } from "./live-run.ts";
import { OFFICIAL_FILES, officialFiles, root } from "./shared-rules.ts";

const THREADS = 2;
/** Calls a second; 0: as many as they can. More threads leave less of the processors to us. */
const LOADS = [
  ...[100_000, 200_000, 300_000, 400_000, 0].map((rate) => ({ threads: THREADS, rate })),
  { threads: 4, rate: 0 },
  { threads: 16, rate: 0 },
];
const RATE_AIMED = 300_000;
const WARM_SECONDS = 1;
const SECONDS = 2;
const MEMORY_RATE = 200_000;
const MEMORY_SECONDS = 10;
/** Until all that is in the ring has been read. */
const REST_MS = 300;

/** What reading costs us, and how much is lost, the more events there are. */
export const probeLoad: Benchmark = {
  name: "probe-load",
  about: "busy threads open and close a file: our processor time, and what is lost, with the stable rules",
  run: () =>
    withKernel(async (folder) => {
      if (officialFiles() === null) return { skipped: "no ../shared beside this checkout" };
      const calls = new Calls(folder);
      return [...(await measureParts(calls)), ...(await measureRates(calls)), await measureMemory(calls)];
    }),
};

async function measureParts(calls: Calls): Promise<Figure[]> {
  const walk = await measure(calls, "walk", RATE_AIMED);
  const state = await measure(calls, "state", RATE_AIMED);
  const rules = await measure(calls, "rules", RATE_AIMED);
  const unit = "ns";
  return [
    { label: "an event: waking up and reading", value: walk.eventNs, unit },
    { label: "an event: decoding and state", value: state.eventNs - walk.eventNs, unit },
    { label: "an event: rules", value: rules.eventNs - state.eventNs, unit },
    {
      label: "an event: reading and rules",
      value: rules.eventNs - state.eventNs + walk.eventNs,
      unit,
      aim: "<= 100",
    },
    { label: "an event, in all", value: rules.eventNs, unit, aim: "<= 250, C++ engine: 860" },
  ];
}

async function measureRates(calls: Calls): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { threads, rate } of LOADS) {
    const result = await measure(calls, "rules", rate, threads);
    const label = `${threads} threads, ${rate === 0 ? "all they can" : `${rate} a second`}`;
    figures.push(
      { label: `${label}: events made`, value: result.rate, unit: "a second" },
      { label: "    lost", value: 100 * result.lost, unit: "%", aim: rate === RATE_AIMED ? "0" : "" },
      { label: "    our processor time, an event read", value: result.eventNs, unit: "ns" },
    );
  }
  return figures;
}

/** What `falcoc run` has in memory after some time of load, as the kernel counts it: the ring, mapped twice, included. */
async function measureMemory(calls: Calls): Promise<Figure> {
  const command = [join(root, "packages", "cli", "bin", "falcoc.js"), "run", "-r", ...OFFICIAL_FILES];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  try {
    await untilWatching(child.stderr);
    await calls.busy(THREADS, MEMORY_RATE, MEMORY_SECONDS);
    const [, kilobytes] = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
    const label = `resident memory with all official rules, after ${MEMORY_SECONDS} s`;
    return { label, value: Number(kilobytes) / 1024, unit: "MiB", aim: "< 150" };
  } finally {
    child.kill();
    await exited;
  }
}

/** Reads what `falcoc run` says until it says that it watches. Throws when it does not come to that. */
async function untilWatching(stderr: Readable): Promise<void> {
  let said = "";
  for await (const text of stderr.iterator({ destroyOnReturn: false })) {
    said += text;
    if (said.includes("watching")) return;
  }
  throw new Error(`falcoc run has ended: ${said}`);
}

interface Load {
  /** Events made in a second. */
  readonly rate: number;
  /** Part of them that was lost. */
  readonly lost: number;
  /** Processor time of the reader for each event that it read. */
  readonly eventNs: number;
}

async function measure(calls: Calls, mode: LiveMode, rate: number, threads = THREADS): Promise<Load> {
  const live = await startLive(mode);
  try {
    await calls.busy(threads, rate, WARM_SECONDS);
    await sleep(REST_MS);
    const before = await live.counts();
    const made = await calls.busy(threads, rate, SECONDS);
    await sleep(REST_MS);
    const after = await live.counts();
    const read = after.records - before.records;
    return {
      rate: made.rate,
      lost: (after.dropped - before.dropped) / made.events,
      eventNs: ((after.cpuUs - before.cpuUs) * 1000) / read,
    };
  } finally {
    await live.stop();
  }
}
