// SPDX-License-Identifier: Apache-2.0
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { SourceError } from "../event.ts";
import { type ByteConsumer, isGzip } from "./decompress.ts";

/** Large enough that calls do not count, small enough for the caches of a processor. */
const CHUNK_BYTES = 256 * 1024;
/** Chunks after which other work of the process gets its turn: some 10 ms. */
const CHUNKS_A_TURN = 16;

/**
 * Delivers the bytes of a regular file that is not compressed, every chunk in the same memory: a stream would take
 * new memory for each. Resolves to false, with nothing delivered, for what has to be read as a stream.
 */
export async function readRawFile(
  path: string,
  consumer: ByteConsumer,
  signal: AbortSignal,
): Promise<boolean> {
  const file = openRegular(path);
  if (file === null) return false;
  try {
    return await deliver(file, path, consumer, signal);
  } finally {
    closeSync(file);
  }
}

/** Null: not a regular file, or one that can't be opened, which the stream will explain. */
function openRegular(path: string): number | null {
  try {
    return statSync(path).isFile() ? openSync(path, "r") : null;
  } catch {
    return null;
  }
}

async function deliver(
  file: number,
  path: string,
  consumer: ByteConsumer,
  signal: AbortSignal,
): Promise<boolean> {
  const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let total = 0;
  for (let chunks = 1; !signal.aborted; chunks++) {
    const size = readChunk(file, path, memory);
    const chunk = memory.subarray(0, size);
    if (total === 0 && isGzip(chunk)) return false;
    if (size === 0) break;
    total += size;
    consumer.progress(total);
    consumer.chunk(chunk);
    if (chunks % CHUNKS_A_TURN === 0) await setImmediate();
  }
  return true;
}

function readChunk(file: number, path: string, memory: Buffer): number {
  try {
    return readSync(file, memory, 0, memory.length, null);
  } catch (error) {
    throw new SourceError(path, null, `cannot be read: ${(error as Error).message}`);
  }
}
