// SPDX-License-Identifier: Apache-2.0
import type { EventRecord } from "@falcoc/runtime";
import type { RingMemory } from "./native.ts";

/** Before each record the kernel keeps its length and two flags, then where it is from the start of the ring. */
const RING_HEADER_BYTES = 8;
const BUSY = 0x8000_0000;
const DISCARDED = 0x4000_0000;
const LENGTH_MASK = 0x3fff_ffff;

/** Our own record: see `bpf/record.h`. Offsets from its start. */
const CPU_AT = 6;
const EVENT_AT = 8;
/** The processor keeps reads in their order by itself. */
const IS_ORDERED = process.arch === "x64";

/** Offsets from the start of the event. */
const CODE_AT = 20;
const COUNT_AT = 22;
const LENGTHS_AT = 26;

/**
 * Reads the records of the kernel's ring where they are. A record is handed out as one object, filled again for the
 * next; its bytes belong to the kernel again when `read` returns.
 */
export class RingReader {
  readonly #consumer: BigUint64Array;
  readonly #producer: BigUint64Array;
  readonly #words: Int32Array;
  readonly #view: DataView;
  readonly #record: RingRecord;
  readonly #dataOffset: number;
  readonly #mask: number;
  /** Bytes read since the ring was made. */
  #position: number;
  /** Bytes that were written when we last looked. */
  #written: number;

  constructor(memory: RingMemory) {
    this.#consumer = new BigUint64Array(memory.consumer, 0, 1);
    this.#producer = new BigUint64Array(memory.producer, 0, 1);
    this.#words = new Int32Array(memory.producer);
    this.#view = new DataView(memory.producer);
    this.#record = new RingRecord(Buffer.from(memory.producer), this.#view);
    this.#dataOffset = memory.dataOffset;
    this.#mask = memory.dataBytes - 1;
    this.#position = Number(Atomics.load(this.#consumer, 0));
    this.#written = this.#position;
  }

  /** Bytes that wait to be read. */
  get backlogBytes(): number {
    return Number(Atomics.load(this.#producer, 0)) - this.#position;
  }

  /** Hands out at most `most` records, oldest first. Gives how many; fewer than `most`: the ring is empty. */
  read(most: number, take: (record: EventRecord) => void): number {
    const start = this.#position;
    let count = 0;
    try {
      while (count < most) {
        const at = this.#next();
        if (at < 0) break;
        count++;
        take(this.#record);
      }
    } finally {
      if (this.#position !== start) Atomics.store(this.#consumer, 0, BigInt(this.#position));
    }
    return count;
  }

  /** Moves behind the next record and shows it. Gives its offset; -1: none is complete yet. */
  #next(): number {
    for (;;) {
      if (this.#position >= this.#written) {
        this.#written = Number(Atomics.load(this.#producer, 0));
        if (this.#position >= this.#written) return -1;
      }
      const header = this.#dataOffset + (this.#position & this.#mask);
      const word = loadAcquire(this.#words, header >> 2);
      if ((word & BUSY) !== 0) return -1;
      const bytes = word & LENGTH_MASK;
      this.#position += (RING_HEADER_BYTES + bytes + 7) & ~7;
      if ((word & DISCARDED) !== 0) continue;
      this.#record.show(header + RING_HEADER_BYTES);
      return header;
    }
  }
}

/**
 * Reads the word that says that a record is complete, before anything of the record. An x64 processor keeps the order
 * of reads by itself, and an atomic read takes as long as all the rest of a step.
 */
function loadAcquire(words: Int32Array, index: number): number {
  return IS_ORDERED ? (words[index] as number) : Atomics.load(words, index);
}

class RingRecord implements EventRecord {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly flags = 0;
  readonly lengthBytes = 2;
  at = 0;
  code = 0;
  cpu = 0;
  count = 0;
  lengthsAt = 0;
  dataAt = 0;
  end = 0;

  constructor(bytes: Buffer, view: DataView) {
    this.bytes = bytes;
    this.view = view;
  }

  show(start: number): void {
    const { view } = this;
    const at = start + EVENT_AT;
    this.at = at;
    this.cpu = view.getUint16(start + CPU_AT, true);
    this.code = view.getUint16(at + CODE_AT, true);
    this.count = view.getUint32(at + COUNT_AT, true);
    this.lengthsAt = at + LENGTHS_AT;
    this.dataAt = this.lengthsAt + this.count * this.lengthBytes;
    this.end = at + view.getUint32(at + 16, true);
  }
}
