// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import { lengthAt, startOf } from "../capture/event-record.ts";
import { readI64Number } from "../capture/integers.ts";
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
import { accountRecord, asyncRecord } from "../live/made-record.ts";
import { readCgroups } from "../state/cgroup.ts";
import { containerIdOf } from "../state/container-id.ts";
import { CONTAINER_ADDED, CONTAINER_REMOVED } from "../state/meta-events.ts";
import type { LiveFeed } from "../syscall/live-source.ts";
import type { ContainerEngine } from "./container-engine.ts";
import { type ContainerCounters, ContainerLookup, type ContainerLookupOptions } from "./container-lookup.ts";
import { ContainerUsers } from "./container-users.ts";

/** Place of the parameter that lists the cgroups of a thread, by the event's code; -1: it has none. */
const CGROUPS_PARAMETER: readonly number[] = EVENTS.map(({ parameters }) =>
  parameters.findIndex((parameter) => parameter.name === "cgroups"),
);

/** By code: a process has the files of its container from its first program on, not when it is made. */
const STARTS_PROGRAM: readonly boolean[] = EVENTS.map(({ name }) => name === "execve" || name === "execveat");

/** Something runs in a container; its process is known where its files can be looked at. */
type See = (id: ByteString, pid: number | null) => void;

/** A feed that also announces containers, and what there is to be known of how that went. */
export interface ContainerFeed {
  readonly feed: LiveFeed;
  counters(): ContainerCounters;
}

/**
 * Adds to a feed an announcement of each container in which something runs, as the container plugin of the engine
 * writes it into captures: as soon as an engine has told of the container. The users of the container are announced
 * too. Events are never held up for it.
 */
export function withContainers(
  feed: LiveFeed,
  engines: readonly ContainerEngine[],
  options: ContainerLookupOptions = {},
): ContainerFeed {
  let sink: CaptureSink | null = null;
  const announce = (name: string, container: object) =>
    sink?.event(asyncRecord(name, JSON.stringify({ container }), now()));
  const users = new ContainerUsers((entry, id, change) =>
    sink?.event(accountRecord(entry, id, change, now())),
  );
  const lookup = new ContainerLookup(engines, options, {
    found: (report) => announce(CONTAINER_ADDED, report),
    forgotten(id) {
      announce(CONTAINER_REMOVED, { id });
      users.forget(id);
    },
  });
  const see = (id: ByteString, pid: number | null) => {
    lookup.see(id);
    if (pid !== null) users.see(id, pid);
  };
  return {
    counters: () => lookup.counters(),
    async feed(inner, signal) {
      sink = inner;
      try {
        await feed(new ContainerWatcher(inner, see), signal);
      } finally {
        sink = null;
        lookup.close();
        users.close();
      }
    },
  };
}

function now(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

/** Passes everything on, and tells which containers it saw. */
class ContainerWatcher implements CaptureSink {
  readonly #sink: CaptureSink;
  readonly #see: See;
  /** Most threads have the cgroups of the one before. */
  #lastCgroups: ByteString = "";
  #lastId: ByteString = "";

  constructor(sink: CaptureSink, see: See) {
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
    this.#seeCgroups(entry.cgroups, entry.tid === entry.pid ? entry.pid : null);
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
    const cgroups = record.bytes.toString("latin1", start, start + lengthAt(record, parameter));
    this.#seeCgroups(cgroups, STARTS_PROGRAM[record.code] ? readI64Number(record.view, record.at + 8) : null);
  }

  #seeCgroups(cgroups: ByteString, pid: number | null): void {
    if (cgroups !== this.#lastCgroups) {
      this.#lastCgroups = cgroups;
      this.#lastId = containerIdOf(readCgroups(cgroups));
    }
    if (this.#lastId !== "") this.#see(this.#lastId, pid);
  }
}
