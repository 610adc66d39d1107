// SPDX-License-Identifier: Apache-2.0
import type { Program } from "@falcoc/compiler/program";
import type { Alert } from "../alert.ts";
import { createEngine, type Engine, type EngineCounters, type EngineOptions } from "../engine.ts";
import type { Event } from "../event.ts";
import { noOutputFields } from "../output/output-field.ts";
import { type LiveFeed, liveSource } from "../syscall/live-source.ts";
import {
  DROP_POLICY,
  type DropAction,
  DropMonitor,
  type DropPolicy,
  type Drops,
  dropAlert,
  NO_DROPS,
} from "./drop-monitor.ts";
import { wantedEvents } from "./wanted-events.ts";

/** What an agent needs of a probe. */
export interface LiveProbe {
  readonly run: LiveFeed;
  /** May be asked at any time, also after the end. */
  counters(): ProbeCounts;
}

export interface ProbeCounts extends Drops {
  /** Records read. */
  readonly records: number;
  /** Bytes that wait in the ring. */
  readonly backlogBytes: number;
}

export interface AgentOptions extends EngineOptions {
  readonly onAlert: (alert: Alert) => void;
  /** Called with a sentence when events were lost and the actions say "log". */
  readonly onLog?: (message: string) => void;
  /** What is done when too many events are lost. Default: nothing. */
  readonly onDrop?: readonly DropAction[];
  readonly dropPolicy?: DropPolicy;
  /** Ends after this many events that rules have seen. Default: never. */
  readonly eventsMax?: number;
}

export interface AgentCounters extends EngineCounters, ProbeCounts {
  /** Times that so many events were lost that something should have been done, but had been done shortly before. */
  readonly dropActionsMuted: number;
}

/** Why an agent came to its end. */
export type AgentEnd = "stopped" | "enough events" | "events lost";

/**
 * Output field of an alert: events that were lost since the alert before it. There only where it is not 0. A loss of the
 * last few milliseconds may be told by the next alert instead.
 */
export const DROPPED_FIELD = "falcoc.events_dropped";

const LOOK_INTERVAL_MS = 1000;
/** Asking the kernel what it lost takes some time: in a storm of alerts it is not done for each of them. */
const LOSS_AGE_MAX_MS = 10;
const NO_COUNTS: ProbeCounts = { ...NO_DROPS, records: 0, backlogBytes: 0 };

/** Compiled rules over the events of the machine that it runs on; says what was lost. Runs once. */
export class Agent {
  /** Names of the events that the rules can match; null: any. */
  readonly wantedEvents: ReadonlySet<string> | null;
  readonly #options: AgentOptions;
  readonly #engine: Engine;
  readonly #actions: ReadonlySet<DropAction>;
  readonly #monitor: DropMonitor;
  readonly #stop = new AbortController();
  #probe: LiveProbe | null = null;
  /** What has ended it before it was stopped. */
  #end: AgentEnd | null = null;
  /** Events that rules have seen. */
  #seen = 0;
  /** Events that were lost before the last alert. */
  #droppedBefore = 0;
  /** Events that were lost, and when that was asked. */
  #dropped = 0;
  #droppedAtMs = Number.NEGATIVE_INFINITY;

  constructor(program: Program, options: AgentOptions) {
    this.#options = options;
    this.#engine = createEngine(program, { ...options, onAlert: (alert) => this.#raise(alert) });
    this.wantedEvents = wantedEvents(program, (rule) => this.#engine.isEnabled(rule));
    this.#actions = new Set(options.onDrop ?? []);
    this.#monitor = new DropMonitor(performance.now(), options.dropPolicy ?? DROP_POLICY);
  }

  /** Runs until `signal` is aborted, or there is another reason to end; closes the probe. */
  async run(probe: LiveProbe, signal: AbortSignal): Promise<AgentEnd> {
    this.#probe = probe;
    const source = liveSource((sink, stop) => probe.run(sink, stop));
    const timer = setInterval(() => this.#look(), LOOK_INTERVAL_MS);
    try {
      await source.run((event) => this.#process(event), AbortSignal.any([signal, this.#stop.signal]));
      this.#look();
    } finally {
      clearInterval(timer);
    }
    return this.#end ?? "stopped";
  }

  counters(): AgentCounters {
    const counts = this.#probe?.counters() ?? NO_COUNTS;
    return { ...this.#engine.counters(), ...counts, dropActionsMuted: this.#monitor.muted };
  }

  #process(event: Event): void {
    // The batch that was being read when the end came is still handed over.
    if (this.#end !== null) return;
    this.#engine.process(event);
    this.#seen++;
    if (this.#seen === this.#options.eventsMax) this.#finish("enough events");
  }

  #finish(end: AgentEnd): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.#stop.abort();
  }

  #raise(alert: Alert): void {
    const dropped = this.#droppedByNow();
    const lost = dropped - this.#droppedBefore;
    this.#droppedBefore = dropped;
    const { onAlert } = this.#options;
    if (lost === 0) onAlert(alert);
    else onAlert({ ...alert, outputFields: withField(alert.outputFields, DROPPED_FIELD, BigInt(lost)) });
  }

  #droppedByNow(): number {
    const nowMs = performance.now();
    if (nowMs - this.#droppedAtMs > LOSS_AGE_MAX_MS) {
      this.#dropped = this.#probe?.counters().dropped ?? 0;
      this.#droppedAtMs = nowMs;
    }
    return this.#dropped;
  }

  #look(): void {
    const counts = this.#probe?.counters() ?? NO_COUNTS;
    const report = this.#monitor.look({ ...counts, events: counts.records }, performance.now());
    if (report === null || this.#actions.has("ignore")) return;
    const { hostname = "", onAlert, onLog } = this.#options;
    const alert = dropAlert(report, BigInt(Date.now()) * 1_000_000n, hostname);
    if (this.#actions.has("log")) onLog?.(alert.message);
    if (this.#actions.has("alert")) onAlert(alert);
    if (this.#actions.has("exit")) this.#finish("events lost");
  }
}

function withField(fields: Alert["outputFields"], name: string, value: bigint): Alert["outputFields"] {
  return Object.assign(noOutputFields(), fields, { [name]: value });
}
