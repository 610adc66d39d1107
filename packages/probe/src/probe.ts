// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { type CaptureSink, type EventSource, liveSource } from "@falcoc/runtime";
import { loadBinding } from "./binding.ts";
import { checkHost } from "./check-host.ts";
import type { Native, NativeDrops, NativeProbe, ProgramStats } from "./native.ts";
import { ProbeError } from "./probe-error.ts";
import { readMachine } from "./proc/machine.ts";
import { RingReader } from "./ring-reader.ts";
import { nativeCodes, type WatchedCall, watchedCalls, watchedHooks } from "./watched-calls.ts";

export interface ProbeOptions {
  /**
   * Names of the events that are wanted, as `evt.type` shows them. Those that the state of processes and
   * descriptors needs come too. null, the default: all but context switches and page faults.
   */
  readonly events?: ReadonlySet<string> | null;
  /** Size of the kernel's ring, rounded up to a power of two. Default 8 MiB; 64 KiB to 1 GiB. */
  readonly ringBytes?: number;
  /** Most bytes that are kept of what a call reads or writes. Default 80; at most 4095. */
  readonly dataBytes?: number;
  /** How long records may gather before they are read, in ms, from 1 to 1000. Default 50. Longer costs the machine less. */
  readonly gatherMs?: number;
  /** Leaves out what this process does itself. Default true. */
  readonly excludeSelf?: boolean;
}

export interface ProbeCounters {
  /** Records read. */
  readonly records: number;
  /** Records that found no room in the ring. */
  readonly dropped: number;
  /** The same by event name, of those that are not 0. */
  readonly droppedByEvent: ReadonlyMap<string, number>;
  /** The same by number of the processor, of those that are not 0. */
  readonly droppedByCpu: ReadonlyMap<number, number>;
  /** Bytes that wait in the ring. */
  readonly backlogBytes: number;
}

/** The kernel's own events, from the moment it was opened. */
export interface Probe {
  /**
   * Hands the state of the machine to the sink, then every event, until `signal` is aborted; closes then. What a sink
   * throws ends it too. To be called once.
   */
  run(sink: CaptureSink, signal?: AbortSignal): Promise<void>;
  /** Changes which events are wanted, while it runs. */
  watch(events: ReadonlySet<string> | null): void;
  counters(): ProbeCounters;
  /** What the kernel measured of each program. */
  stats(): readonly ProgramStats[];
  /** Detaches everything. May be called again; `run` does it at its end. */
  close(): void;
}

/** A probe as a source of events with the state of the machine around them. */
export interface ProbeSource extends EventSource {
  readonly probe: Probe;
}

const RING_BYTES = 8 * 1024 * 1024;
/** A page of the largest size there is. */
const RING_BYTES_MIN = 64 * 1024;
const RING_BYTES_MAX = 1024 * 1024 * 1024;
const DATA_BYTES = 80;
const DATA_BYTES_MAX = 4095;
/** Waking up is dear where others keep the processors busy: reading during a build took 60 % of the time it does at 20. */
const GATHER_MS = 50;
const GATHER_MS_MAX = 1000;
/** Records that are read before others get their turn. */
const BATCH_RECORDS = 4096;

/** Opens the probe as an `EventSource`. Throws a `ProbeError` when live events cannot be had here. */
export function createProbeSource(options: ProbeOptions = {}): ProbeSource {
  const probe = openProbe(options);
  const source = liveSource((sink, signal) => probe.run(sink, signal));
  return { probe, run: (onEvent, signal) => source.run(onEvent, signal) };
}

/** Loads the kernel programs and attaches them: from now on events gather in the ring. Throws a `ProbeError`. */
export function openProbe(options: ProbeOptions = {}): Probe {
  const problem = checkHost();
  if (problem !== null) throw new ProbeError(problem);
  const binding = loadBinding();
  if (!binding.ok) throw new ProbeError(binding.message);
  try {
    return new LiveProbe(binding.native, binding.object, options);
  } catch (error) {
    throw new ProbeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

class LiveProbe implements Probe {
  readonly #native: Native;
  readonly #open: NativeProbe;
  readonly #reader: RingReader;
  readonly #gatherMs: number;
  #calls: ReadonlyMap<string, WatchedCall> = new Map();
  #hooks = new Set<string>();
  #records = 0;
  #closed = false;
  /** What was dropped when the probe was closed. */
  #lastDrops: NativeDrops = { byCode: new BigUint64Array(), byCpu: new BigUint64Array() };

  constructor(native: Native, object: string, options: ProbeOptions) {
    this.#native = native;
    this.#gatherMs = within(options.gatherMs ?? GATHER_MS, 1, GATHER_MS_MAX);
    this.#open = native.open({
      object,
      ringBytes: powerOfTwo(within(options.ringBytes ?? RING_BYTES, RING_BYTES_MIN, RING_BYTES_MAX)),
      dataBytes: within(options.dataBytes ?? DATA_BYTES, 0, DATA_BYTES_MAX),
      excludeSelf: options.excludeSelf ?? true,
    });
    this.#reader = new RingReader(this.#open);
    try {
      native.setCodes(this.#open.handle, nativeCodes());
      this.watch(options.events ?? null);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  watch(events: ReadonlySet<string> | null): void {
    const { handle } = this.#open;
    const calls = new Map(watchedCalls(events).map((call) => [call.program + call.number, call]));
    const hooks = new Set(watchedHooks(events));
    for (const [key, { number, program, isCompat }] of calls) {
      if (!this.#calls.has(key)) this.#native.setHandler(handle, number, program, isCompat);
    }
    for (const [key, { number, isCompat }] of this.#calls) {
      if (!calls.has(key)) this.#native.setHandler(handle, number, null, isCompat);
    }
    for (const hook of this.#hooks) if (!hooks.has(hook)) this.#native.setHook(handle, hook, false);
    for (const hook of hooks) if (!this.#hooks.has(hook)) this.#native.setHook(handle, hook, true);
    this.#calls = calls;
    this.#hooks = hooks;
  }

  async run(sink: CaptureSink, signal?: AbortSignal): Promise<void> {
    try {
      // Events gather meanwhile: what has changed since an entry was read is told again by them.
      readMachine(sink, this.#open.bootTimeNs);
      sink.metadataEnd();
      await this.#pump(sink, signal);
    } finally {
      this.close();
    }
  }

  counters(): ProbeCounters {
    const { byCode, byCpu } = this.#closed ? this.#lastDrops : this.#native.drops(this.#open.handle);
    const droppedByCpu = sumBy(byCpu, (cpu) => cpu);
    return {
      records: this.#records,
      dropped: [...droppedByCpu.values()].reduce((sum, count) => sum + count, 0),
      droppedByEvent: sumBy(byCode, (code) => EVENTS[code]?.name ?? String(code)),
      droppedByCpu,
      backlogBytes: this.#closed ? 0 : this.#reader.backlogBytes,
    };
  }

  stats(): readonly ProgramStats[] {
    return this.#closed ? [] : this.#native.stats(this.#open.handle);
  }

  close(): void {
    if (this.#closed) return;
    this.#lastDrops = this.#native.drops(this.#open.handle);
    this.#closed = true;
    this.#native.close(this.#open.handle);
  }

  /**
   * Reads in batches, with a turn for everything else between them. What comes next may gather; only when nothing has
   * come meanwhile does the kernel have to wake us.
   */
  #pump(sink: CaptureSink, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const { handle } = this.#open;
      const take = sink.event.bind(sink);
      const step = (): void => {
        if (this.#closed || signal?.aborted) {
          resolve();
          return;
        }
        try {
          const count = this.#reader.read(BATCH_RECORDS, take);
          this.#records += count;
          if (count === BATCH_RECORDS) setImmediate(step);
          else if (count > 0) setTimeout(step, this.#gatherMs);
          else this.#native.waitAgain(handle);
        } catch (error) {
          reject(error);
        }
      };
      signal?.addEventListener("abort", () => resolve(), { once: true });
      this.#native.wait(handle, step);
    });
  }
}

/** Counters that are not 0 under their names. Generations of an event have one name. */
function sumBy<K>(counters: BigUint64Array, nameOf: (index: number) => K): Map<K, number> {
  const sums = new Map<K, number>();
  for (const [index, count] of counters.entries()) {
    if (count === 0n) continue;
    const name = nameOf(index);
    sums.set(name, (sums.get(name) ?? 0) + Number(count));
  }
  return sums;
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(Math.round(value), least), most);
}

function powerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
