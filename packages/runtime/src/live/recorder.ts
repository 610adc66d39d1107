// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
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
import type { Event } from "../event.ts";
import { type LiveFeed, liveSource } from "../syscall/live-source.ts";

/** Bit of an event block: the event changes the state, but is not to be shown. */
const STATE_ONLY = 1;

/** By code: whether what follows cannot be understood without the event. */
const CHANGES_STATE: readonly boolean[] = EVENTS.map(
  ({ flags, source }) => source === "meta" || flags.includes("modifies_state"),
);

export interface RecorderOptions {
  /** Which events are recorded. Default: all. */
  readonly passes?: (event: Event) => boolean;
  /** Ends after this many of them. Default: never. */
  readonly eventsMax?: number;
}

export interface RecorderCounters {
  /** Events that were recorded because they were wanted. */
  readonly events: number;
  /** Events that were recorded for the state only: replays do not show them. */
  readonly stateEvents: number;
}

/**
 * Hands what a feed delivers to the writer of a capture: the lists of the machine, the events that pass, and of the
 * others those that change the state of processes and descriptors, marked so that no replay shows them. Runs once.
 */
export class Recorder {
  readonly #writer: CaptureSink;
  readonly #options: RecorderOptions;
  readonly #enough = new AbortController();
  #passed = false;
  #events = 0;
  #stateEvents = 0;

  constructor(writer: CaptureSink, options: RecorderOptions = {}) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Records until `signal` is aborted, or there are enough events. */
  async run(feed: LiveFeed, signal: AbortSignal): Promise<void> {
    const { passes = () => true } = this.#options;
    const source = liveSource((state, stop) =>
      feed(new TeeSink(state, this.#writer, (record) => this.#record(record)), stop),
    );
    const onEvent = (event: Event) => {
      this.#passed = passes(event);
    };
    await source.run(onEvent, AbortSignal.any([signal, this.#enough.signal]));
  }

  counters(): RecorderCounters {
    return { events: this.#events, stateEvents: this.#stateEvents };
  }

  /** Writes a record that the state has just taken in. */
  #record(record: EventRecord): void {
    const passed = this.#passed;
    this.#passed = false;
    // The batch that was being read when the end came is still handed over.
    if (this.#enough.signal.aborted) return;
    if (passed) {
      this.#events++;
      this.#writer.event(record);
      if (this.#events === this.#options.eventsMax) this.#enough.abort();
    } else if (CHANGES_STATE[record.code]) {
      this.#stateEvents++;
      this.#writer.event({ ...record, flags: record.flags | STATE_ONLY });
    }
  }
}

/** Hands everything to a state and then to a writer; the writer's events go through `record`. */
class TeeSink implements CaptureSink {
  readonly #state: CaptureSink;
  readonly #writer: CaptureSink;
  readonly #record: (record: EventRecord) => void;

  constructor(state: CaptureSink, writer: CaptureSink, record: (record: EventRecord) => void) {
    this.#state = state;
    this.#writer = writer;
    this.#record = record;
  }

  section(): void {
    this.#state.section();
    this.#writer.section();
  }

  machine(info: MachineInfo): void {
    this.#state.machine(info);
    this.#writer.machine(info);
  }

  interfaces(list: readonly InterfaceEntry[]): void {
    this.#state.interfaces(list);
    this.#writer.interfaces(list);
  }

  users(list: readonly (UserEntry | GroupEntry)[]): void {
    this.#state.users(list);
    this.#writer.users(list);
  }

  process(entry: ProcessEntry): void {
    this.#state.process(entry);
    this.#writer.process(entry);
  }

  fds(tid: number, list: readonly FdEntry[]): void {
    this.#state.fds(tid, list);
    this.#writer.fds(tid, list);
  }

  metadataEnd(): void {
    this.#state.metadataEnd();
    this.#writer.metadataEnd();
  }

  event(record: EventRecord): void {
    this.#state.event(record);
    this.#record(record);
  }
}
