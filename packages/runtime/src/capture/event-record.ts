// SPDX-License-Identifier: Apache-2.0
import { EVENTS, type EventDefinition } from "@falcoc/compiler/catalog";
import { SourceError } from "../event.ts";
import { type BlockKind, EVENT_FLAGS_V2, EVENT_V2 } from "./block-types.ts";
import type { BlockWalker } from "./block-walker.ts";
import { type EventRecord, PARAMETERS_MAX } from "./records.ts";

/** Bytes of time, thread, length, type; newer headers add the number of parameters. */
const HEADER_V1_BYTES = 22;
export const HEADER_BYTES = 26;

/** Two events whose recorder counted their length three bytes too long. */
const MISCOUNTED_BYTES = 3;
const MISCOUNTED: ReadonlySet<string> = new Set(["NOTIFICATION_E", "INFRASTRUCTURE_EVENT_E"]);

/** Bytes of a length, by event code. */
const LENGTH_BYTES = Uint8Array.from(EVENTS, ({ large }) => (large ? 4 : 2));

/** What event blocks that are not large may take after their type and length. */
export const EVENT_BYTES_MAX = 65536;
/** More parameters are looked at one by one. V8 compiles constants of the same file into the code. */
const COMMON_PARAMETERS_MAX = PARAMETERS_MAX;
const PLAIN_BLOCK = EVENT_V2;
const FLAGGED_BLOCK = EVENT_FLAGS_V2;
/** Bytes of type and length of a block, of the processor and the flags of an event block, and of what ends a block. */
const BLOCK_HEADER_BYTES = 8;
const CPU_BYTES = 2;
const FLAGS_BYTES = 4;
const TRAILER_BYTES = 4;
/** The least that a block of an event takes, and the most where it is not large. */
const BLOCK_BYTES_MIN = BLOCK_HEADER_BYTES + CPU_BYTES + HEADER_BYTES + TRAILER_BYTES;
const BLOCK_BYTES_MAX = BLOCK_HEADER_BYTES + EVENT_BYTES_MAX;
/** Where the lengths of parameters are, from the time on. */
const LENGTHS_AT = HEADER_BYTES;

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
  readonly starts = new Int32Array(PARAMETERS_MAX + 1);
  #viewBytes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Events are read from these bytes. */
  show(bytes: Buffer, view: DataView): void {
    // Storing what is there already is not free: it is an entry in the garbage collector's books.
    if (this.view === view) return;
    this.bytes = bytes;
    this.view = view;
    this.#viewBytes = view.byteLength;
  }

  /**
   * Reads the event of the block at an offset of the bytes that are shown, if the block is as most are: whole, of the
   * current version, not large, and not damaged. Gives the size of the block; 0: it is another one, which `read` has
   * to look at.
   */
  readCommon(blockAt: number): number {
    const { view, starts } = this;
    const left = this.#viewBytes - blockAt;
    if (left < BLOCK_BYTES_MIN) return 0;
    const type = view.getUint32(blockAt, true);
    if (type !== PLAIN_BLOCK && type !== FLAGGED_BLOCK) return 0;
    const size = view.getUint32(blockAt + 4, true);
    if (size < BLOCK_BYTES_MIN || size > left || size > BLOCK_BYTES_MAX) return 0;
    const bodyAt = blockAt + BLOCK_HEADER_BYTES;
    const isFlagged = type === FLAGGED_BLOCK;
    const at = bodyAt + (isFlagged ? CPU_BYTES + FLAGS_BYTES : CPU_BYTES);
    const end = at + view.getUint32(at + 16, true);
    const code = view.getUint16(at + 20, true);
    const count = view.getUint32(at + 22, true);
    const lengthsAt = at + LENGTHS_AT;
    const dataAt = lengthsAt + count * 2;
    if (LENGTH_BYTES[code] !== 2 || count > COMMON_PARAMETERS_MAX) return 0;
    if (dataAt > end || end > blockAt + size - TRAILER_BYTES) return 0;
    let dataEnd = dataAt;
    starts[0] = dataAt;
    for (let i = 1, place = lengthsAt; i <= count; i++, place += 2) {
      dataEnd += view.getUint16(place, true);
      starts[i] = dataEnd;
    }
    if (dataEnd > end) return 0;
    this.at = at;
    this.code = code;
    this.cpu = view.getUint16(bodyAt, true);
    this.flags = isFlagged ? view.getUint32(bodyAt + CPU_BYTES, true) : 0;
    this.count = count;
    this.lengthBytes = 2;
    this.lengthsAt = lengthsAt;
    this.dataAt = dataAt;
    this.end = end;
    return size;
  }

  /** Reads and validates the walker's current block. False: an event of a newer schema, to be skipped. */
  read(walker: BlockWalker, block: EventBlock): boolean {
    this.show(walker.bytes, walker.view);
    const at = walker.bodyStart + (block.flagged ? 6 : 2);
    const headerBytes = block.version === 1 ? HEADER_V1_BYTES : HEADER_BYTES;
    this.at = at;
    if (at + headerBytes > walker.bodyEnd) this.#fail(walker, "an event block without an event");
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
    if (this.#locate(this.dataAt, this.count) > this.end) {
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
      if (dataAt > this.end || this.#locate(dataAt, count) !== this.end) continue;
      this.count = count;
      this.dataAt = dataAt;
      return;
    }
    this.#fail(walker, "the lengths of the parameters do not add up to the event");
  }

  /** Notes where the parameters start. Gives where the last one ends. */
  #locate(dataAt: number, count: number): number {
    let at = dataAt;
    this.starts[0] = at;
    for (let i = 0; i < count; ) {
      at += lengthAt(this, i);
      // What lies past the end of the array is not kept.
      this.starts[++i] = at;
    }
    return at;
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
