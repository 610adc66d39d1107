// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { Integer } from "./integers.ts";

/** Collects the bytes of one block: little-endian numbers and strings with their length in front. */
export class ByteSink {
  #bytes = Buffer.alloc(4096);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
  }

  /** What was written since `clear`; valid until the next write. */
  take(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  u8(value: number): void {
    const at = this.#reserve(1);
    this.#bytes.writeUInt8(value & 0xff, at);
  }

  u16(value: number): void {
    const at = this.#reserve(2);
    this.#bytes.writeUInt16LE(value & 0xffff, at);
  }

  u32(value: number): void {
    const at = this.#reserve(4);
    this.#bytes.writeUInt32LE(value >>> 0, at);
  }

  u64(value: Integer): void {
    const at = this.#reserve(8);
    this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), at);
  }

  bytes(value: ByteString): void {
    const at = this.#reserve(value.length);
    this.#bytes.write(value, at, "latin1");
  }

  /** Length and bytes of a string; what is longer than `bytesMax` is cut. */
  text(value: ByteString, bytesMax: number): void {
    const cut = value.length > bytesMax ? value.slice(0, bytesMax) : value;
    this.u16(cut.length);
    this.bytes(cut);
  }

  copy(source: Buffer, start: number, end: number): void {
    const at = this.#reserve(end - start);
    source.copy(this.#bytes, at, start, end);
  }

  /** Writes over four bytes that were written before. */
  patchU32(at: number, value: number): void {
    this.#bytes.writeUInt32LE(value >>> 0, at);
  }

  /** May replace the bytes: ask for room before looking at them. */
  #reserve(count: number): number {
    const at = this.#size;
    this.#size = at + count;
    if (this.#size > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#size, this.#bytes.length * 2));
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
    }
    return at;
  }
}
