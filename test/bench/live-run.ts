// SPDX-License-Identifier: Apache-2.0
// Holds a probe in a process of its own, does with its events what the first argument says, and tells its parent how
// much processor time that has taken whenever the parent asks.
import { readFileSync } from "node:fs";
import { compile } from "@falcoc/compiler";
import { openProbe, type ProgramStats } from "@falcoc/probe";
import { Agent, IDLE_SINK, type LiveFeed, liveSource } from "@falcoc/runtime";
import { OFFICIAL_FILES } from "./shared-rules.ts";

/**
 * What is done with each event: "walk", it is found in the ring; "state", the state of the machine takes it in;
 * "rules", an agent with the stable official rules has it. All three have the events that these rules ask for.
 * "none": an agent without rules has those that the state of the machine needs.
 */
export type LiveMode = "walk" | "state" | "rules" | "none";

/** Counts since the process began. */
export interface LiveCounts {
  /** Processor time of the process. */
  readonly cpuUs: number;
  readonly records: number;
  readonly dropped: number;
  readonly alerts: number;
  readonly programs: readonly ProgramStats[];
}

const mode = process.argv[2] as LiveMode;
const files = OFFICIAL_FILES.slice(0, 1).map((path) => ({ path, text: readFileSync(path, "utf8") }));
let alerts = 0;
const agent = new Agent(compile(mode === "none" ? [] : files).ruleset, { onAlert: () => alerts++ });
const probe = openProbe({ events: agent.wantedEvents });
const counts = (): LiveCounts => {
  const { user, system } = process.cpuUsage();
  const { records, dropped } = probe.counters();
  return { cpuUs: user + system, records, dropped, alerts, programs: probe.stats() };
};
const stop = new AbortController();
process.on("message", () => process.send?.(counts()));
process.on("disconnect", () => stop.abort());
process.send?.(counts());

const feed: LiveFeed = (sink, signal) => probe.run(sink, signal);
switch (mode) {
  case "walk":
    await feed(IDLE_SINK, stop.signal);
    break;
  case "state":
    await liveSource(feed).run(() => {}, stop.signal);
    break;
  case "none":
  case "rules":
    await agent.run({ run: feed, counters: () => probe.counters() }, stop.signal);
    break;
  default:
    mode satisfies never;
}
