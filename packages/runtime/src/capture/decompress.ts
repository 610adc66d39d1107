// SPDX-License-Identifier: Apache-2.0
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { SourceError } from "../event.ts";

const OUTPUT_CHUNK_BYTES = 256 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

export interface ByteConsumer {
  /** Uncompressed bytes, in order. */
  chunk(bytes: Buffer): void;
  /** Bytes of the stream that have been read so far. */
  progress(bytesRead: number): void;
}

/**
 * Delivers the bytes of a stream, uncompressed when they are gzip (any number of members back to back). Resolves at
 * the end of the stream or when `signal` is aborted; rejects with what the consumer throws, and with a `SourceError`
 * when the stream fails or its compressed data are damaged.
 */
export function decompress(
  input: Readable,
  path: string,
  consumer: ByteConsumer,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const pump = new Pump(input, path, consumer, resolve, reject);
    if (signal?.aborted) pump.stop();
    else signal?.addEventListener("abort", () => pump.stop(), { once: true });
  });
}

/** Whether data begin as gzip does. */
export function isGzip(head: Buffer): boolean {
  return GZIP_MAGIC.every((byte, i) => head[i] === byte);
}

/**
 * Streams are listened to rather than iterated: an iterator drops what a decompressor gave just before its error,
 * and the events before the damage count.
 */
class Pump {
  readonly #input: Readable;
  readonly #path: string;
  readonly #consumer: ByteConsumer;
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;
  /** Bytes seen before we could tell whether they are compressed. */
  #head: Buffer | null = Buffer.alloc(0);
  #gunzip: ReturnType<typeof createGunzip> | null = null;
  #bytesRead = 0;
  #unpacked = 0;
  #done = false;

  constructor(
    input: Readable,
    path: string,
    consumer: ByteConsumer,
    resolve: () => void,
    reject: (reason: unknown) => void,
  ) {
    this.#input = input;
    this.#path = path;
    this.#consumer = consumer;
    this.#resolve = resolve;
    this.#reject = reject;
    input.on("data", (chunk: Buffer) => this.#guard(() => this.#take(chunk)));
    input.on("end", () => this.#guard(() => this.#ended()));
    input.on("error", (error) => this.#fail(`cannot be read: ${error.message}`));
  }

  stop(): void {
    this.#end(this.#resolve);
  }

  #take(chunk: Buffer): void {
    this.#bytesRead += chunk.length;
    this.#consumer.progress(this.#bytesRead);
    if (this.#head === null) this.#forward(chunk);
    else {
      this.#head = Buffer.concat([this.#head, chunk]);
      if (this.#head.length >= GZIP_MAGIC.length) this.#decide(this.#head);
    }
  }

  #decide(head: Buffer): void {
    this.#head = null;
    if (isGzip(head)) this.#gunzip = this.#startGunzip();
    this.#forward(head);
  }

  #startGunzip(): ReturnType<typeof createGunzip> {
    const gunzip = createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES });
    gunzip.on("data", (bytes: Buffer) => {
      this.#unpacked += bytes.length;
      this.#guard(() => this.#consumer.chunk(bytes));
    });
    gunzip.on("end", () => this.#end(this.#resolve));
    gunzip.on("drain", () => this.#input.resume());
    gunzip.on("error", (error) => this.#fail(`damaged gzip data: ${error.message}`, this.#unpacked));
    return gunzip;
  }

  #forward(chunk: Buffer): void {
    if (this.#gunzip === null) this.#consumer.chunk(chunk);
    else if (!this.#gunzip.write(chunk)) this.#input.pause();
  }

  #ended(): void {
    if (this.#head !== null && this.#head.length > 0) this.#decide(this.#head);
    if (this.#gunzip === null) this.#end(this.#resolve);
    else this.#gunzip.end();
  }

  /** Runs a step of the consumer; what it throws ends the reading. */
  #guard(step: () => void): void {
    if (this.#done) return;
    try {
      step();
    } catch (error) {
      this.#end(() => this.#reject(error));
    }
  }

  #fail(message: string, offset: number | null = null): void {
    this.#end(() => this.#reject(new SourceError(this.#path, offset, message)));
  }

  #end(settle: () => void): void {
    if (this.#done) return;
    this.#done = true;
    this.#input.destroy();
    this.#gunzip?.destroy();
    settle();
  }
}
