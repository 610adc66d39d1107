// SPDX-License-Identifier: Apache-2.0
import { SourceError } from "../event.ts";

/** Longest block we hold: a process list of a very large machine. */
export const BLOCK_BYTES_MAX = 512 * 1024 * 1024;

const HEADER_BYTES = 8;
const TRAILER_BYTES = 4;

/**
 * Cuts a stream of chunks into blocks: type, total length, body, total length again. Bytes are copied only where a
 * block lies across two chunks.
 */
export class BlockWalker {
  readonly #path: string;
  /** The unread part of what was fed; `bytes` and `view` cover the whole of the buffer. */
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  #start = 0;
  #end = 0;
  #isWindow = false;
  /** What has to be added to a position in `bytes` to get the offset in the file. */
  fileOffset = 0;

  /** The current block. */
  type = 0;
  bodyStart = 0;
  bodyEnd = 0;
  /** Total length as the header says, and as the trailer repeats it. */
  total = 0;
  trailer = 0;

  constructor(path: string) {
    this.#path = path;
  }

  feed(chunk: Buffer): void {
    const left = this.#end - this.#start;
    if (left === 0) {
      this.fileOffset += this.#start;
      this.#adopt(chunk);
      this.#isWindow = false;
      this.#start = 0;
      this.#end = chunk.length;
    } else this.#append(chunk, left);
  }

  /** Moves to the next block. False: it is not complete yet, or `finish` tells that there is none. */
  next(): boolean {
    if (this.#end - this.#start < HEADER_BYTES) return false;
    const total = this.view.getUint32(this.#start + 4, true);
    if (total < HEADER_BYTES + TRAILER_BYTES) this.#fail(`a block of ${total} bytes`);
    if (total > BLOCK_BYTES_MAX) this.#fail(`a block of ${total} bytes, more than ${BLOCK_BYTES_MAX}`);
    if (this.#end - this.#start < total) return false;
    this.type = this.view.getUint32(this.#start, true);
    this.bodyStart = this.#start + HEADER_BYTES;
    this.bodyEnd = this.#start + total - TRAILER_BYTES;
    this.total = total;
    this.trailer = this.view.getUint32(this.bodyEnd, true);
    this.#start += total;
    return true;
  }

  /** Type and total length of the block that has begun but is not complete; null before its header is there. */
  peek(): { readonly type: number; readonly total: number } | null {
    if (this.#end - this.#start < HEADER_BYTES) return null;
    return {
      type: this.view.getUint32(this.#start, true),
      total: this.view.getUint32(this.#start + 4, true),
    };
  }

  /** Offset in the file of the first byte that has not been read. */
  get offset(): number {
    return this.fileOffset + this.#start;
  }

  /** The stream has ended: bytes that are left over are a truncated block. */
  finish(): void {
    if (this.#end > this.#start) this.#fail("the file ends inside a block: it is truncated");
  }

  #append(chunk: Buffer, left: number): void {
    if (this.#isWindow && this.#end + chunk.length <= this.bytes.length) {
      chunk.copy(this.bytes, this.#end);
      this.#end += chunk.length;
      return;
    }
    const target =
      this.#isWindow && left + chunk.length <= this.bytes.length
        ? this.bytes
        : Buffer.allocUnsafeSlow((left + chunk.length) * 2);
    this.bytes.copy(target, 0, this.#start, this.#end);
    chunk.copy(target, left);
    this.fileOffset += this.#start;
    if (target !== this.bytes) this.#adopt(target);
    this.#isWindow = true;
    this.#start = 0;
    this.#end = left + chunk.length;
  }

  #adopt(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  #fail(message: string): never {
    throw new SourceError(this.#path, this.offset, message);
  }
}
