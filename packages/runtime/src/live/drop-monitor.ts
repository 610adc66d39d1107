// SPDX-License-Identifier: Apache-2.0
import type { Alert } from "../alert.ts";
import { noOutputFields } from "../output/output-field.ts";
import { localClock } from "../output/time-text.ts";

/** What is done when too many events are lost. */
export const DROP_ACTIONS = ["ignore", "log", "alert", "exit"] as const;
export type DropAction = (typeof DROP_ACTIONS)[number];

/** When actions are taken. The names are those of the engine's configuration. */
export interface DropPolicy {
  /** Part of a second's events, from 0 to 1, that may be lost without any action. */
  readonly threshold: number;
  /** Actions a second in the long run. */
  readonly rate: number;
  /** Most actions at once. */
  readonly burst: number;
}

export const DROP_POLICY: DropPolicy = { threshold: 0.1, rate: 0.03333, burst: 1 };

/** Losses, in all and in two ways of telling them apart; what lost nothing is left out. */
export interface Drops {
  /** Events that found no room in the kernel's ring. */
  readonly dropped: number;
  /** The same by event name. */
  readonly droppedByEvent: ReadonlyMap<string, number>;
  /** The same by number of the processor that they happened on. */
  readonly droppedByCpu: ReadonlyMap<number, number>;
}

export const NO_DROPS: Drops = { dropped: 0, droppedByEvent: new Map(), droppedByCpu: new Map() };

/** Counts since the beginning, or between two looks. */
export interface DropCounts extends Drops {
  /** Events that were read. */
  readonly events: number;
}

/** Judges, about once a second, how much the kernel had to drop, and keeps actions rare. */
export class DropMonitor {
  readonly #policy: DropPolicy;
  #last: DropCounts = { ...NO_DROPS, events: 0 };
  #tokens: number;
  #refilledMs: number;
  /** Looks that would have caused actions, had there not been some before. */
  #muted = 0;

  /** `nowMs` is any clock that only goes forward, the same for every call. */
  constructor(nowMs: number, policy: DropPolicy = DROP_POLICY) {
    this.#policy = policy;
    this.#tokens = policy.burst;
    this.#refilledMs = nowMs;
  }

  get muted(): number {
    return this.#muted;
  }

  /** Takes the counts of now. Gives what was lost since the last look when it calls for actions, else null. */
  look(counts: DropCounts, nowMs: number): DropCounts | null {
    const report = difference(counts, this.#last);
    this.#last = counts;
    if (report.dropped === 0) return null;
    const happened = report.events + report.dropped;
    if (report.dropped / happened <= this.#policy.threshold) return null;
    if (this.#takeToken(nowMs)) return report;
    this.#muted++;
    return null;
  }

  #takeToken(nowMs: number): boolean {
    const { rate, burst } = this.#policy;
    const gained = ((nowMs - this.#refilledMs) / 1000) * rate;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#refilledMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}

function difference(now: DropCounts, before: DropCounts): DropCounts {
  return {
    events: now.events - before.events,
    dropped: now.dropped - before.dropped,
    droppedByEvent: growth(now.droppedByEvent, before.droppedByEvent),
    droppedByCpu: growth(now.droppedByCpu, before.droppedByCpu),
  };
}

function growth<K>(now: ReadonlyMap<K, number>, before: ReadonlyMap<K, number>): Map<K, number> {
  const grown = [...now].map(([key, count]) => [key, count - (before.get(key) ?? 0)] as const);
  return new Map(grown.filter(([, count]) => count > 0));
}

const RULE = "Falco internal: syscall event drop";
const PRIORITY = "Debug";

/** The alert that tells of lost events; of the source that alerts about the engine itself have. */
export function dropAlert(report: DropCounts, timestampNs: bigint, hostname: string): Alert {
  const { events, dropped, droppedByEvent, droppedByCpu } = report;
  const outputFields = noOutputFields();
  outputFields.n_evts = BigInt(events);
  outputFields.n_drops = BigInt(dropped);
  for (const [name, count] of droppedByEvent) outputFields[`n_drops.${name}`] = BigInt(count);
  for (const [cpu, count] of droppedByCpu) outputFields[`n_drops.cpu${cpu}`] = BigInt(count);
  const values = Object.entries(outputFields).map(([key, value]) => `${key}=${value}`);
  const message = `${RULE}. ${dropped} system calls dropped in last second.`;
  return {
    rule: RULE,
    priority: PRIORITY,
    source: "internal",
    tags: [],
    timestampNs,
    eventNumber: 0,
    message,
    output: `${localClock(timestampNs, true)}: ${PRIORITY} ${message} (${values.join(" ")})`,
    outputFields,
    hostname,
  };
}
