// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import type {
  CaptureSink,
  EventRecord,
  FdEntry,
  GroupEntry,
  InterfaceEntry,
  MachineInfo,
  ProcessEntry,
  UserEntry,
} from "../capture/records.ts";
import type { Event, EventSource } from "../event.ts";
import { StateEngine } from "../state/state-engine.ts";
import { SYSCALL_BINDER } from "./fields/binder.ts";
import { SyscallEvent } from "./syscall-event.ts";

/**
 * Hands what a running machine has to a sink, in the order of a capture: its lists first, then every event, of the
 * current schema, as it happens. Resolves when `signal` is aborted.
 */
export type LiveFeed = (sink: CaptureSink, signal?: AbortSignal) => Promise<void>;

/** Events of a running machine, with its state around them. Runs once. */
export function liveSource(feed: LiveFeed): EventSource {
  return { run: (onEvent, signal) => feed(new LiveSink(onEvent), signal) };
}

/** How often threads whose exit was lost are looked for, and after how many events the clock is looked at. */
const PURGE_INTERVAL_NS = 1_200_000_000_000n;
const PURGE_CHECK_EVENTS = 1 << 14;

class LiveSink implements CaptureSink {
  readonly #state = new StateEngine();
  readonly #event = new SyscallEvent(this.#state, SYSCALL_BINDER);
  readonly #onEvent: (event: Event) => void;
  #interfaces: readonly InterfaceEntry[] = [];
  #nextPurgeNs: bigint | null = null;

  constructor(onEvent: (event: Event) => void) {
    this.#onEvent = onEvent;
  }

  section(): void {
    this.#state.reset();
    this.#interfaces = [];
  }

  machine(info: MachineInfo): void {
    this.#state.hostname = info.hostname;
    this.#state.bootTimeNs = info.bootTimeNs;
  }

  interfaces(list: readonly InterfaceEntry[]): void {
    this.#interfaces = [...this.#interfaces, ...list];
  }

  users(list: readonly (UserEntry | GroupEntry)[]): void {
    this.#state.addUsers(list);
  }

  process(entry: ProcessEntry): void {
    this.#state.addProcess(entry);
  }

  fds(tid: number, list: readonly FdEntry[]): void {
    this.#state.addFds(tid, list);
  }

  metadataEnd(): void {
    this.#state.linkThreads();
    this.#state.finishMetadata(this.#interfaces);
  }

  event(record: EventRecord): void {
    const event = this.#event;
    event.attach(record);
    if (this.#state.process(event)) this.#onEvent(event);
    if (event.number % PURGE_CHECK_EVENTS === 0) this.#purge(event.timestampNs);
  }

  #purge(nowNs: bigint): void {
    this.#nextPurgeNs ??= nowNs + PURGE_INTERVAL_NS;
    if (nowNs < this.#nextPurgeNs) return;
    this.#nextPurgeNs = nowNs + PURGE_INTERVAL_NS;
    this.#state.purge((tid) => existsSync(`/proc/${tid}`), nowNs);
  }
}
