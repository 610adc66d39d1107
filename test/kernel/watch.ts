// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { openProbe, type Probe, type ProbeOptions } from "@falcoc/probe";
import { type CaptureSink, IDLE_SINK } from "@falcoc/runtime";
import { type Decoded, decode } from "./decode.ts";

/** How long records may gather before they are read, with some to spare. */
const GATHER_MS = 100;
/** What others do meanwhile: less than this in the ring is as good as nothing. */
const BACKLOG_BYTES = 64 * 1024;
const SETTLE_MS_MAX = 5000;

export interface Watched {
  /** Records of the program and its children, in their order. */
  readonly events: readonly Decoded[];
  /** All records. */
  readonly all: readonly Decoded[];
  readonly pid: number;
  readonly exitCode: number | null;
}

/** Runs a program under a probe, and gives what was seen of it. */
export async function watch(
  program: string,
  parameters: readonly string[],
  options: ProbeOptions = {},
): Promise<Watched> {
  const probe = openProbe(options);
  const all: Decoded[] = [];
  const stop = new AbortController();
  const running = probe.run(collectingSink(all), stop.signal);
  const child = spawn(program, parameters, { stdio: ["ignore", "ignore", "inherit"] });
  const pid = child.pid ?? -1;
  const [exitCode] = (await once(child, "exit")) as [number | null];
  await settle(probe);
  stop.abort();
  await running;
  return { all, pid, exitCode, events: ofFamily(all, pid) };
}

/** Waits until what is in the ring now has been read; not for ever where others never rest. */
export async function settle(probe: Probe): Promise<void> {
  const end = performance.now() + SETTLE_MS_MAX;
  do await sleep(GATHER_MS);
  while (probe.counters().backlogBytes > BACKLOG_BYTES && performance.now() < end);
  await sleep(GATHER_MS);
}

/** A sink that keeps the events and passes over what comes before them. */
export function collectingSink(events: Decoded[]): CaptureSink {
  return { ...IDLE_SINK, event: (record) => events.push(decode(record)) };
}

/** Those of a program and its children. */
export function ofFamily(events: readonly Decoded[], pid: number): Decoded[] {
  const family = new Set([pid]);
  return events.filter((event) => {
    if (family.has(event.tid)) return true;
    const isChild = /^(clone3?|v?fork)$/.test(event.name) && family.has(Number(event.values.ptid));
    if (isChild) family.add(event.tid);
    return isChild;
  });
}
