// SPDX-License-Identifier: Apache-2.0
import { EVENTS, type EventDefinition } from "@falcoc/compiler/catalog";
import { SourceError } from "../event.ts";
import type { BlockKind } from "./block-types.ts";
import type { BlockWalker } from "./block-walker.ts";
import type { EventRecord } from "./records.ts";

/** Bytes of time, thread, length, type; newer headers add the number of parameters. */
const HEADER_V1_BYTES = 22;
export const HEADER_BYTES = 26;

/** Two events whose recorder counted their length three bytes too long. */
const MISCOUNTED_BYTES = 3;
const MISCOUNTED: ReadonlySet<string> = new Set(["NOTIFICATION_E", "INFRASTRUCTURE_EVENT_E"]);

/** Bytes of a length, by event code. */
const LENGTH_BYTES = Uint8Array.from(EVENTS, ({ large }) => (large ? 4 : 2));

type EventBlock = Extract<BlockKind, { kind: "event" }>;

/** The record of the current event block: one object, filled again for each event. */
export class RecordReader implements EventRecord {
  readonly #path: string;
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  at = 0;
  code = 0;
  cpu = 0;
  flags = 0;
  count = 0;
  lengthsAt = 0;
  lengthBytes: 2 | 4 = 2;
  dataAt = 0;
  end = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads and validates the walker's current block. False: an event of a newer schema, to be skipped. */
  read(walker: BlockWalker, block: EventBlock): boolean {
    if (this.view !== walker.view) {
      this.bytes = walker.bytes;
      this.view = walker.view;
    }
    const at = walker.bodyStart + (block.flagged ? 6 : 2);
    const headerBytes = block.version === 1 ? HEADER_V1_BYTES : HEADER_BYTES;
    if (at + headerBytes > walker.bodyEnd) this.#fail(walker, "an event block without an event");
    this.at = at;
    this.cpu = this.view.getUint16(walker.bodyStart, true);
    this.flags = block.flagged ? this.view.getUint32(walker.bodyStart + 2, true) : 0;
    this.code = this.view.getUint16(at + 20, true);
    if (this.code >= EVENTS.length) return false;
    this.lengthBytes = LENGTH_BYTES[this.code] as 2 | 4;
    this.lengthsAt = at + headerBytes;
    if (block.version === 1) this.#recover(walker, EVENTS[this.code] as EventDefinition);
    else this.#validate(walker);
    return true;
  }

  #validate(walker: BlockWalker): void {
    const length = this.view.getUint32(this.at + 16, true);
    this.count = this.view.getUint32(this.at + 22, true);
    this.end = this.at + length;
    if (length < HEADER_BYTES) this.#fail(walker, `an event of ${length} bytes`);
    if (this.end > walker.bodyEnd) this.#fail(walker, "an event is longer than its block");
    if (this.count > (this.end - this.lengthsAt) / this.lengthBytes) {
      this.#fail(walker, `${this.count} parameters do not fit into the event`);
    }
    this.dataAt = this.lengthsAt + this.count * this.lengthBytes;
    if (this.dataAt + this.#sum(this.count) > this.end) {
      this.#fail(walker, "the parameters are longer than the event");
    }
  }

  /** Old headers do not count the parameters: as many as fill the record exactly, at most the declared ones. */
  #recover(walker: BlockWalker, { id, parameters }: EventDefinition): void {
    const length = this.view.getUint32(this.at + 16, true) - (MISCOUNTED.has(id) ? MISCOUNTED_BYTES : 0);
    this.end = this.at + length;
    if (length < HEADER_V1_BYTES || this.end > walker.bodyEnd) {
      this.#fail(walker, "an event is longer than its block");
    }
    for (let count = parameters.length; count >= 0; count--) {
      const dataAt = this.lengthsAt + count * this.lengthBytes;
      if (dataAt > this.end || dataAt + this.#sum(count) !== this.end) continue;
      this.count = count;
      this.dataAt = dataAt;
      return;
    }
    this.#fail(walker, "the lengths of the parameters do not add up to the event");
  }

  #sum(count: number): number {
    const { view, lengthsAt } = this;
    let sum = 0;
    if (this.lengthBytes === 2) {
      for (let i = 0; i < count; i++) sum += view.getUint16(lengthsAt + i * 2, true);
    } else {
      for (let i = 0; i < count; i++) sum += view.getUint32(lengthsAt + i * 4, true);
    }
    return sum;
  }

  #fail(walker: BlockWalker, message: string): never {
    throw new SourceError(this.#path, walker.fileOffset + this.at, message);
  }
}

/** Length in bytes of a parameter of a record. */
export function lengthAt(record: EventRecord, index: number): number {
  return record.lengthBytes === 2
    ? record.view.getUint16(record.lengthsAt + index * 2, true)
    : record.view.getUint32(record.lengthsAt + index * 4, true);
}

/** Offset of a parameter's bytes. */
export function startOf(record: EventRecord, index: number): number {
  let start = record.dataAt;
  for (let i = 0; i < index; i++) start += lengthAt(record, i);
  return start;
}

/** A record of its own with the same bytes, for events that matter until a later one. */
export function copyRecord(record: EventRecord): EventRecord {
  const bytes = Buffer.from(record.bytes.subarray(record.at, startOf(record, record.count)));
  const { code, cpu, flags, count, lengthBytes, at } = record;
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    at: 0,
    code,
    cpu,
    flags,
    count,
    lengthsAt: record.lengthsAt - at,
    lengthBytes,
    dataAt: record.dataAt - at,
    end: bytes.length,
  };
}
