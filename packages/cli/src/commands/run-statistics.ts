// SPDX-License-Identifier: Apache-2.0
import type { Program } from "@falcoc/compiler/program";
import { type AgentCounters, type ContainerCounters, KERNEL_SOURCE, type ProbeCounts } from "@falcoc/runtime";
import { plural } from "../render/lint-report.ts";
import { containersText } from "./run-containers.ts";

/** What will be watched, in a line; a second one tells of rules whose events do not come from here. */
export function outlook({ rules }: Program, wanted: ReadonlySet<string> | null): string {
  const enabled = rules.filter((rule) => rule.enabled);
  const others = enabled.filter((rule) => rule.source !== KERNEL_SOURCE).length;
  const events = wanted === null ? "all events" : plural(wanted.size, "kind of event", "kinds of events");
  const lines = [`${plural(enabled.length - others, "rule")} over ${events} of the kernel`];
  if (others > 0) {
    lines.push(
      `${plural(others, "rule")} of other sources will see nothing: only the kernel's events are read`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** How many events there were, what came of them, and what was lost. */
export function statistics(
  counters: AgentCounters,
  containers: ContainerCounters,
  elapsedMs: number,
): string {
  const { events, alerts, dropActionsMuted } = counters;
  const muted = dropActionsMuted === 0 ? "" : ` (${plural(dropActionsMuted, "time")} not told at once)`;
  const seconds = elapsedMs / 1000;
  const rate = Math.round(events / Math.max(seconds, 0.001));
  const counts = `${plural(events, "event")} (${rate} a second), ${plural(alerts, "alert")}`;
  return `${seconds.toFixed(1)} s: ${counts}, ${lossText(counters)}${muted}${containersText(containers)}\n`;
}

/** What the kernel dropped, by kind of event and by processor, the most frequent first. */
export function lossText({ dropped, droppedByEvent, droppedByCpu }: ProbeCounts): string {
  if (dropped === 0) return "nothing lost";
  const kinds = mostFirst(droppedByEvent).map(([name, count]) => `${name} ${count}`);
  const cpus = mostFirst(droppedByCpu).map(([cpu, count]) => `processor ${cpu} ${count}`);
  return `${plural(dropped, "event")} lost (${kinds.join(", ")}; ${cpus.join(", ")})`;
}

function mostFirst<K>(counts: ReadonlyMap<K, number>): [K, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}
