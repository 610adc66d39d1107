// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { HEADER_BYTES, lengthAt, startOf } from "../capture/event-record.ts";
import type { EventRecord } from "../capture/records.ts";

/** A record in memory of its own, filled again for each event that is made from others. */
export class RecordBuilder implements EventRecord {
  bytes: Buffer = Buffer.alloc(4096);
  view: DataView = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  readonly at = 0;
  code = 0;
  cpu = 0;
  flags = 0;
  count = 0;
  readonly lengthsAt = HEADER_BYTES;
  lengthBytes: 2 | 4 = 2;
  dataAt = 0;
  end = 0;
  #written = 0;

  /** Begins an event of `code` with `count` parameters, of the time and thread of `origin`. */
  begin(origin: EventRecord, code: number, count: number): void {
    this.code = code;
    this.cpu = origin.cpu;
    this.flags = origin.flags;
    this.count = count;
    this.lengthBytes = EVENTS[code]?.large ? 4 : 2;
    this.dataAt = HEADER_BYTES + count * this.lengthBytes;
    this.end = this.dataAt;
    this.#written = 0;
    this.#reserve(this.end);
    origin.bytes.copy(this.bytes, 0, origin.at, origin.at + 16);
    this.view.setUint16(20, code, true);
    this.view.setUint32(22, count, true);
  }

  /** Adds a parameter of another record, at most its first `bytesMax` bytes; one that it lacks becomes empty. */
  addFrom(record: EventRecord, index: number, bytesMax: number): void {
    const size = index < record.count ? Math.min(lengthAt(record, index), bytesMax) : 0;
    const start = size === 0 ? 0 : startOf(record, index);
    this.#put(size, (at) => record.bytes.copy(this.bytes, at, start, start + size));
  }

  /** Adds a parameter of `size` bytes that all have the same value. */
  addFilled(size: number, byte: number): void {
    this.#put(size, (at) => this.bytes.fill(byte, at, at + size));
  }

  addBytes(bytes: Uint8Array): void {
    this.#put(bytes.length, (at) => this.bytes.set(bytes, at));
  }

  /** All parameters are there. */
  finish(): void {
    this.view.setUint32(16, this.end, true);
  }

  #put(size: number, write: (at: number) => void): void {
    const at = this.end;
    this.#reserve(at + size);
    const lengthAt = this.lengthsAt + this.#written++ * this.lengthBytes;
    if (this.lengthBytes === 2) this.view.setUint16(lengthAt, size, true);
    else this.view.setUint32(lengthAt, size, true);
    if (size > 0) write(at);
    this.end = at + size;
  }

  #reserve(size: number): void {
    if (size <= this.bytes.length) return;
    const grown = Buffer.alloc(Math.max(size, this.bytes.length * 2));
    this.bytes.copy(grown);
    this.bytes = grown;
    this.view = new DataView(grown.buffer, grown.byteOffset, grown.length);
  }
}
