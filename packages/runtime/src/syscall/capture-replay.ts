// SPDX-License-Identifier: Apache-2.0
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
import { INTERFACES_MAX } from "../state/interface-table.ts";
import { StateEngine } from "../state/state-engine.ts";
import { USERS_MAX } from "../state/user-table.ts";
import type { CaptureCounters } from "./capture-source.ts";
import { EventConverter } from "./event-converter.ts";
import { SYSCALL_BINDER } from "./fields/binder.ts";
import { SyscallEvent } from "./syscall-event.ts";

/** Events that complete the metadata when a capture begins with them: they are never shown. */
const LEADING: ReadonlySet<string> = new Set([
  "USER_ADDED_E",
  "USER_DELETED_E",
  "GROUP_ADDED_E",
  "GROUP_DELETED_E",
  "ASYNCEVENT_E",
  "CONTAINER_JSON_2_E",
]);

/** Feeds what a capture holds to a state engine, and delivers the events. */
export class CaptureReplay implements CaptureSink {
  readonly #from: number;
  readonly #to: number;
  /** Whether events before or behind those that are wanted are left out. */
  readonly #isPart: boolean;
  readonly #state = new StateEngine();
  readonly #converter = new EventConverter();
  readonly #event = new SyscallEvent(this.#state, SYSCALL_BINDER);
  onEvent: (event: Event) => void = () => {};
  /** Called when the last wanted event has been delivered. */
  onDone: () => void = () => {};
  /** What a capture begins with is known: its lists, and events that belong to them. */
  #hasBegun = false;
  #sections = 0;
  readonly #interfaces: InterfaceEntry[] = [];
  readonly #users: (UserEntry | GroupEntry)[] = [];
  #records = 0;
  #delivered = 0;

  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
    this.#isPart = from > 1 || to < Number.POSITIVE_INFINITY;
  }

  /** The last wanted event has been delivered. */
  get isDone(): boolean {
    return this.#state.eventNumber >= this.#to;
  }

  counters(): CaptureCounters {
    const dropped = Object.values(this.#state.counters()).reduce((sum, count) => sum + count, 0);
    return {
      records: this.#records,
      events: this.#state.eventNumber,
      delivered: this.#delivered,
      dropped: dropped + this.#converter.dropped,
    };
  }

  section(): void {
    this.#sections++;
    this.#hasBegun = false;
    this.#state.reset();
    this.#interfaces.length = 0;
    this.#users.length = 0;
  }

  /** The engine knows name and start of the machine only from the second capture of a file on. */
  machine(info: MachineInfo): void {
    if (this.#sections < 2) return;
    this.#state.hostname = info.hostname;
    this.#state.bootTimeNs = info.bootTimeNs;
  }

  interfaces(list: readonly InterfaceEntry[]): void {
    for (const entry of list) if (this.#interfaces.length < INTERFACES_MAX) this.#interfaces.push(entry);
  }

  users(list: readonly (UserEntry | GroupEntry)[]): void {
    for (const entry of list) if (this.#users.length < USERS_MAX) this.#users.push(entry);
  }

  process(entry: ProcessEntry): void {
    this.#state.addProcess(entry);
  }

  fds(tid: number, list: readonly FdEntry[]): void {
    this.#state.addFds(tid, list);
  }

  metadataEnd(): void {
    this.#state.linkThreads();
  }

  event(record: EventRecord): void {
    this.#records++;
    const converted = this.#converter.convert(record);
    if (converted === null) return;
    const event = this.#event;
    event.attach(converted);
    if (!this.#hasBegun) this.#begin(event);
    if (this.#state.process(event) && this.#hasBegun) this.#deliver(event);
    if (this.#isPart && event.number >= this.#to) this.onDone();
  }

  /** The first events of a file may belong to its lists; before all others, what follows from the lists is drawn. */
  #begin(event: SyscallEvent): void {
    if (this.#sections === 1 && LEADING.has(event.definition.id)) return;
    this.#state.addUsers(this.#users);
    this.#state.finishMetadata(this.#interfaces);
    this.#hasBegun = true;
  }

  #deliver(event: SyscallEvent): void {
    if (this.#isPart && (event.number < this.#from || event.number > this.#to)) return;
    this.#delivered++;
    this.onEvent(event);
  }
}
