// SPDX-License-Identifier: Apache-2.0
import { type FileHandle, open, stat } from "node:fs/promises";
import { SourceError } from "../event.ts";
import { type ByteConsumer, isGzip } from "./decompress.ts";

/** Large enough that waiting for reads does not count, small enough for the caches of a processor. */
const CHUNK_BYTES = 512 * 1024;

/**
 * Delivers the bytes of a regular file that is not compressed, every chunk in the same memory: a stream would take
 * new memory for each. Resolves to false, with nothing delivered, for what has to be read as a stream.
 */
export async function readRawFile(
  path: string,
  consumer: ByteConsumer,
  signal: AbortSignal,
): Promise<boolean> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  const handle = isFile ? await open(path).catch(() => null) : null;
  if (handle === null) return false;
  try {
    return await deliver(handle, path, consumer, signal);
  } finally {
    await handle.close();
  }
}

async function deliver(
  handle: FileHandle,
  path: string,
  consumer: ByteConsumer,
  signal: AbortSignal,
): Promise<boolean> {
  const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let total = 0;
  while (!signal.aborted) {
    const size = await readChunk(handle, path, memory);
    const chunk = memory.subarray(0, size);
    if (total === 0 && isGzip(chunk)) return false;
    if (size === 0) break;
    total += size;
    consumer.progress(total);
    consumer.chunk(chunk);
  }
  return true;
}

async function readChunk(handle: FileHandle, path: string, memory: Buffer): Promise<number> {
  try {
    return (await handle.read(memory, 0, memory.length, null)).bytesRead;
  } catch (error) {
    throw new SourceError(path, null, `cannot be read: ${(error as Error).message}`);
  }
}
