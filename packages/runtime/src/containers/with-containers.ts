// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import { lengthAt, startOf } from "../capture/event-record.ts";
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
import { asyncRecord } from "../live/async-record.ts";
import { readCgroups } from "../state/cgroup.ts";
import { containerIdOf } from "../state/container-id.ts";
import { CONTAINER_ADDED, CONTAINER_REMOVED } from "../state/meta-events.ts";
import type { LiveFeed } from "../syscall/live-source.ts";
import type { ContainerEngine } from "./container-engine.ts";
import { type ContainerCounters, ContainerLookup, type ContainerLookupOptions } from "./container-lookup.ts";

/** Place of the parameter that lists the cgroups of a thread, by the event's code; -1: it has none. */
const CGROUPS_PARAMETER: readonly number[] = EVENTS.map(({ parameters }) =>
  parameters.findIndex((parameter) => parameter.name === "cgroups"),
);

/** A feed that also announces containers, and what there is to be known of how that went. */
export interface ContainerFeed {
  readonly feed: LiveFeed;
  counters(): ContainerCounters;
}

/**
 * Adds to a feed an announcement of each container in which something runs, as the container plugin of the engine
 * writes it into captures: as soon as an engine has told of the container. Events are never held up for it.
 */
export function withContainers(
  feed: LiveFeed,
  engines: readonly ContainerEngine[],
  options: ContainerLookupOptions = {},
): ContainerFeed {
  let sink: CaptureSink | null = null;
  const announce = (name: string, container: object) =>
    sink?.event(asyncRecord(name, JSON.stringify({ container }), BigInt(Date.now()) * 1_000_000n));
  const lookup = new ContainerLookup(engines, options, {
    found: (report) => announce(CONTAINER_ADDED, report),
    forgotten: (id) => announce(CONTAINER_REMOVED, { id }),
  });
  return {
    counters: () => lookup.counters(),
    async feed(inner, signal) {
      sink = inner;
      try {
        await feed(new ContainerWatcher(inner, (id) => lookup.see(id)), signal);
      } finally {
        sink = null;
        lookup.close();
      }
    },
  };
}

/** Passes everything on, and tells which containers it saw. */
class ContainerWatcher implements CaptureSink {
  readonly #sink: CaptureSink;
  readonly #see: (id: ByteString) => void;
  /** Most threads have the cgroups of the one before. */
  #lastCgroups: ByteString = "";
  #lastId: ByteString = "";

  constructor(sink: CaptureSink, see: (id: ByteString) => void) {
    this.#sink = sink;
    this.#see = see;
  }

  section(): void {
    this.#sink.section();
  }

  machine(info: MachineInfo): void {
    this.#sink.machine(info);
  }

  interfaces(list: readonly InterfaceEntry[]): void {
    this.#sink.interfaces(list);
  }

  users(list: readonly (UserEntry | GroupEntry)[]): void {
    this.#sink.users(list);
  }

  process(entry: ProcessEntry): void {
    this.#sink.process(entry);
    this.#seeCgroups(entry.cgroups);
  }

  fds(tid: number, list: readonly FdEntry[]): void {
    this.#sink.fds(tid, list);
  }

  metadataEnd(): void {
    this.#sink.metadataEnd();
  }

  event(record: EventRecord): void {
    this.#sink.event(record);
    const parameter = CGROUPS_PARAMETER[record.code] ?? -1;
    if (parameter < 0 || parameter >= record.count) return;
    const start = startOf(record, parameter);
    this.#seeCgroups(record.bytes.toString("latin1", start, start + lengthAt(record, parameter)));
  }

  #seeCgroups(cgroups: ByteString): void {
    if (cgroups !== this.#lastCgroups) {
      this.#lastCgroups = cgroups;
      this.#lastId = containerIdOf(readCgroups(cgroups));
    }
    if (this.#lastId !== "") this.#see(this.#lastId);
  }
}
