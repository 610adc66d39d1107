// SPDX-License-Identifier: Apache-2.0
import { SourceError } from "../event.ts";

/** Longest block we hold: a process list of a very large machine. */
const BLOCK_BYTES_MAX = 512 * 1024 * 1024;

const HEADER_BYTES = 8;
const TRAILER_BYTES = 4;
/** What is made room for when a block lies across chunks; longer ones make more. */
const HELD_BYTES_MIN = 128 * 1024;

/**
 * Cuts a stream of chunks into blocks: type, total length, body, total length again. Blocks are read where they lie
 * in a chunk; only one that lies across chunks is put together. A chunk may be overwritten once `header` or `body`
 * has said that there is no more.
 */
export class BlockWalker {
  readonly #path: string;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkView: DataView = new DataView(new ArrayBuffer(0));
  #chunkAt = 0;
  #chunkOffset = 0;
  /** The begun block that earlier chunks ended in; none while `#heldBytes` is 0. */
  #held: Buffer = Buffer.alloc(0);
  #heldView: DataView = this.#chunkView;
  #heldBytes = 0;

  /** The bytes that hold the current block, and what has to be added to a position in them to get the file's. */
  bytes: Buffer = this.#chunk;
  view: DataView = this.#chunkView;
  fileOffset = 0;
  /** The current block. */
  type = 0;
  /** Total length as the header says, and as the trailer repeats it. */
  total = 0;
  trailer = 0;
  bodyStart = 0;
  bodyEnd = 0;
  #start = 0;

  constructor(path: string) {
    this.#path = path;
  }

  feed(chunk: Buffer): void {
    this.#chunkOffset += this.#chunk.length;
    this.#chunk = chunk;
    this.#chunkView = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    this.#chunkAt = 0;
  }

  /**
   * Where in the chunk the next block begins, with the chunk shown as the bytes that hold it. Null: its beginning came
   * with an earlier chunk.
   */
  showNext(): number | null {
    if (this.#heldBytes > 0) return null;
    if (this.bytes !== this.#chunk) this.#showChunk();
    return this.#chunkAt;
  }

  /** Moves to a place in the chunk: its reader has read all blocks before it. */
  moveTo(chunkAt: number): void {
    this.#chunkAt = chunkAt;
  }

  /** Reads type and length of the next block. False: they have not come yet. */
  header(): boolean {
    if (this.#heldBytes > 0) {
      if (!this.#hold(HEADER_BYTES)) return false;
      this.#start = 0;
    } else {
      if (this.#chunk.length - this.#chunkAt < HEADER_BYTES) return this.#hold(HEADER_BYTES);
      if (this.bytes !== this.#chunk) this.#showChunk();
      this.#start = this.#chunkAt;
    }
    this.type = this.view.getUint32(this.#start, true);
    this.total = this.view.getUint32(this.#start + 4, true);
    return true;
  }

  /** Moves past the block whose header was read. False: the rest has not come yet; begin with its header again. */
  body(): boolean {
    const { total } = this;
    if (total < HEADER_BYTES + TRAILER_BYTES) this.#fail(`a block of ${total} bytes`);
    if (total > BLOCK_BYTES_MAX) this.#fail(`a block of ${total} bytes, more than ${BLOCK_BYTES_MAX}`);
    if (this.#heldBytes > 0) {
      if (!this.#hold(total)) return false;
      this.#heldBytes = 0;
    } else {
      if (this.#chunk.length - this.#chunkAt < total) return this.#hold(total);
      this.#chunkAt += total;
    }
    this.bodyStart = this.#start + HEADER_BYTES;
    this.bodyEnd = this.#start + total - TRAILER_BYTES;
    this.trailer = this.view.getUint32(this.bodyEnd, true);
    return true;
  }

  /** Offset in the file of the first byte that has not been read. */
  get offset(): number {
    return this.#chunkOffset + this.#chunkAt - this.#heldBytes;
  }

  /** The stream has ended: bytes that are left over are a truncated block. */
  finish(): void {
    if (this.#heldBytes > 0) this.#fail("the file ends inside a block: it is truncated");
  }

  #showChunk(): void {
    this.bytes = this.#chunk;
    this.view = this.#chunkView;
    this.fileOffset = this.#chunkOffset;
  }

  /** Moves bytes of the chunk to the held block until it has `size`. False: the chunk has too few. */
  #hold(size: number): boolean {
    if (this.#heldBytes === 0) this.fileOffset = this.offset;
    const wanted = Math.max(size - this.#heldBytes, 0);
    const taken = Math.min(wanted, this.#chunk.length - this.#chunkAt);
    if (this.#heldBytes + taken > this.#held.length) this.#grow(this.#heldBytes + taken);
    this.#chunk.copy(this.#held, this.#heldBytes, this.#chunkAt, this.#chunkAt + taken);
    this.#chunkAt += taken;
    this.#heldBytes += taken;
    this.bytes = this.#held;
    this.view = this.#heldView;
    return taken === wanted;
  }

  #grow(size: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(size * 2, HELD_BYTES_MIN));
    this.#held.copy(grown, 0, 0, this.#heldBytes);
    this.#held = grown;
    this.#heldView = new DataView(grown.buffer, grown.byteOffset, grown.length);
  }

  #fail(message: string): never {
    throw new SourceError(this.#path, this.offset, message);
  }
}
