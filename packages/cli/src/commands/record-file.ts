// SPDX-License-Identifier: Apache-2.0
import { closeSync, openSync, writeSync } from "node:fs";
import { constants, gzipSync } from "node:zlib";
import { Failure } from "../failure.ts";
import { reason } from "../input/read-bytes.ts";

/** What is gathered before it is written. */
const CHUNK_BYTES = 256 * 1024;
/** A capture shows what people typed and programs read: only its owner may look. */
const MODE = 0o600;

/**
 * A file that a capture is written to, at once and in order, so that nothing piles up in memory. Compressed, each chunk
 * is a gzip member of its own: whatever happens, all but the last chunk can be read.
 */
export class RecordFile {
  readonly #path: string;
  readonly #file: number;
  readonly #compress: boolean;
  #chunks: Buffer[] = [];
  #gathered = 0;
  #written = 0;

  /** Throws a Failure when the file cannot be made, as the other methods do when it cannot be written. */
  constructor(path: string, compress: boolean) {
    this.#path = path;
    this.#compress = compress;
    this.#file = this.#attempt(() => openSync(path, "w", MODE));
  }

  /** Bytes in the file. */
  get size(): number {
    return this.#written;
  }

  /** Adds bytes, which are the file's from now on. */
  write(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#gathered += bytes.length;
    if (this.#gathered >= CHUNK_BYTES) this.flush();
  }

  /** Writes what has been gathered. */
  flush(): void {
    if (this.#gathered === 0) return;
    const plain = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#gathered = 0;
    const bytes = this.#compress ? gzipSync(plain, { level: constants.Z_BEST_SPEED }) : plain;
    let at = 0;
    while (at < bytes.length) at += this.#attempt(() => writeSync(this.#file, bytes, at));
    this.#written += bytes.length;
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #attempt<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      throw new Failure([`${this.#path}: ${reason(error)}`]);
    }
  }
}
