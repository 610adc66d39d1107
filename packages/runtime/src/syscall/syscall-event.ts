// SPDX-License-Identifier: Apache-2.0
import { EVENTS, type EventDefinition, KERNEL_SOURCE } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import { DamagedEvent } from "../capture/damaged-event.ts";
import { lengthAt } from "../capture/event-record.ts";
import { type Integer, readI64, readI64Number, readU64 } from "../capture/integers.ts";
import { type EventRecord, PARAMETERS_MAX } from "../capture/records.ts";
import type { Event, FieldBinder } from "../event.ts";
import type { Container } from "../state/container-table.ts";
import { EVENT_TRAITS } from "../state/event-traits.ts";
import type { FdInfo } from "../state/fd-info.ts";
import type { StateEngine } from "../state/state-engine.ts";
import type { Thread } from "../state/thread.ts";

/** By event code. */
const PARAMETER_COUNTS = Uint8Array.from(EVENTS, ({ parameters }) => parameters.length);

/**
 * A system call event in place: a view of a record's bytes, with the thread and the descriptor that the state engine
 * attached. One object serves all events of a source. Parameters are located when first asked for; numbers are read
 * where they are, and strings are made only when asked for.
 */
export class SyscallEvent implements Event {
  readonly binder: FieldBinder;
  readonly state: StateEngine;
  source: string = KERNEL_SOURCE;
  #isForeign = false;
  number = 0;
  code = 0;
  cpu = 0;
  /** Bits of the event block: 1 state only. */
  flags = 0;
  /** Thread that made the event. -1: none. */
  tid = 0;

  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Parameters that both the record and the event table have. */
  count = 0;
  /** The record that is shown; it may be filled again with the next event. */
  record: EventRecord | null = null;
  #at = 0;
  /** Where the parameters start, and after them where the last one ends; and the same for records that don't know. */
  #starts: Int32Array;
  readonly #ownStarts = new Int32Array(PARAMETERS_MAX + 1);

  /** Thread as the state engine found it; null: none. It is that of the event before until the engine has looked. */
  attached: Thread | null = null;
  /** Descriptor as the state engine found it; null: none. */
  fd: FdInfo | null = null;

  /** The container that the event itself tells of. */
  container: Container | null = null;

  constructor(state: StateEngine, binder: FieldBinder) {
    this.state = state;
    this.binder = binder;
    this.#starts = this.#ownStarts;
  }

  /** Shows another event. */
  attach(record: EventRecord): void {
    // Storing what is there already is not free: it is an entry in the garbage collector's books.
    if (this.record !== record) this.record = record;
    if (this.view !== record.view) {
      this.bytes = record.bytes;
      this.view = record.view;
    }
    this.code = record.code;
    this.cpu = record.cpu;
    this.flags = record.flags;
    this.tid = readI64Number(record.view, record.at + 8);
    this.count = Math.min(record.count, PARAMETER_COUNTS[record.code] as number);
    this.#at = record.at;
    const starts = record.starts ?? this.#locate(record);
    if (this.#starts !== starts) this.#starts = starts;
    this.fd = null;
    this.container = null;
    if (this.#isForeign) this.setSource(KERNEL_SOURCE);
  }

  /** Says that the event is of another source than the kernel. */
  setSource(source: string): void {
    this.source = source;
    this.#isForeign = source !== KERNEL_SOURCE;
  }

  get definition(): EventDefinition {
    return EVENTS[this.code] as EventDefinition;
  }

  get timestampNs(): bigint {
    return this.view.getBigUint64(this.#at, true);
  }

  /** The thread of the event: the attached one, or the one known under its id. Null: unknown. */
  get thread(): Thread | null {
    return this.attached ?? this.state.threads.find(this.tid);
  }

  get isExit(): boolean {
    return (this.code & 1) === 1;
  }

  /** Result of a system call that has ended; null: the event has none. */
  get result(): Integer | null {
    if (EVENT_TRAITS[this.code]?.hasResult !== true || this.count === 0) return null;
    const size = this.length(0);
    if (size === 8) return readI64(this.view, this.start(0));
    return size === 4 ? this.view.getInt32(this.start(0), true) : null;
  }

  /** Offset of a parameter's bytes. The parameter must be one of the first `count`. */
  start(index: number): number {
    return this.#starts[index] as number;
  }

  /** Bytes of a parameter; 0: absent. */
  length(index: number): number {
    if (index >= this.count) return 0;
    return (this.#starts[index + 1] as number) - (this.#starts[index] as number);
  }

  /** Whether a parameter has bytes. */
  has(index: number): boolean {
    return this.length(index) > 0;
  }

  u8(index: number, absent: number): number {
    const at = this.#fixed(index, 1);
    return at < 0 ? absent : this.view.getUint8(at);
  }

  u16(index: number, absent: number): number {
    const at = this.#fixed(index, 2);
    return at < 0 ? absent : this.view.getUint16(at, true);
  }

  u32(index: number, absent: number): number {
    const at = this.#fixed(index, 4);
    return at < 0 ? absent : this.view.getUint32(at, true);
  }

  u64(index: number, absent: Integer): Integer {
    const at = this.#fixed(index, 8);
    return at < 0 ? absent : readU64(this.view, at);
  }

  i64(index: number, absent: Integer): Integer {
    const at = this.#fixed(index, 8);
    return at < 0 ? absent : readI64(this.view, at);
  }

  /** A signed 64-bit id or result as a number, rounded beyond 2^53. */
  id(index: number, absent: number): number {
    const at = this.#fixed(index, 8);
    return at < 0 ? absent : readI64Number(this.view, at);
  }

  /** Text up to its first NUL; null: absent. */
  text(index: number): ByteString | null {
    const size = this.length(index);
    if (size === 0) return null;
    return this.state.texts.read(this.bytes, this.view, this.#starts[index] as number, size);
  }

  /** All bytes of a parameter; empty when absent. */
  blob(index: number): ByteString {
    const size = this.length(index);
    return size === 0 ? "" : this.bytesAt(this.#starts[index] as number, size);
  }

  /** The bytes of a part of a parameter. */
  bytesAt(start: number, size: number): ByteString {
    return this.state.blobs.read(this.bytes, this.view, start, size) ?? "";
  }

  /** Index of the parameter of that name; -1: the event has none. */
  parameter(name: string): number {
    const parameters = this.definition.parameters;
    for (let i = 0; i < this.count; i++) if ((parameters[i] as { name: string }).name === name) return i;
    return -1;
  }

  /** Adds up the lengths of the parameters. */
  #locate(record: EventRecord): Int32Array {
    const starts = this.#ownStarts;
    let at = record.dataAt;
    starts[0] = at;
    for (let i = 0; i < this.count; ) {
      at += lengthAt(record, i);
      starts[++i] = at;
    }
    return starts;
  }

  /** Offset of a parameter of a fixed size; -1: absent. */
  #fixed(index: number, size: number): number {
    const length = this.length(index);
    if (length === size) return this.#starts[index] as number;
    if (length !== 0) this.#failSize(index, length, size);
    return -1;
  }

  #failSize(index: number, length: number, size: number): never {
    const { id, parameters } = this.definition;
    throw new DamagedEvent(
      `parameter "${parameters[index]?.name}" of ${id} has ${length} bytes where ${size} are due`,
    );
  }
}
