// SPDX-License-Identifier: Apache-2.0
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { CaptureReader } from "../capture/capture-reader.ts";
import { DamagedEvent } from "../capture/damaged-event.ts";
import { decompress } from "../capture/decompress.ts";
import { readRawFile } from "../capture/raw-file.ts";
import { type Event, type EventSource, SourceError } from "../event.ts";
import { CaptureReplay } from "./capture-replay.ts";

const READ_CHUNK_BYTES = 256 * 1024;

export interface CaptureOptions {
  /** First and last `evt.num` to be delivered; earlier events still change the state. Default: all. */
  readonly from?: number;
  readonly to?: number;
  /** Called as reading goes on: bytes of the file read so far, and of all, null where that is not known. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number | null) => void;
}

/** Counts of a replay so far. */
export interface CaptureCounters {
  /** Event records in the file that this schema knows. */
  readonly records: number;
  /** Events that were numbered. */
  readonly events: number;
  /** Events that were delivered. */
  readonly delivered: number;
  /** What bounds of the state and of the conversion dropped. */
  readonly dropped: number;
}

/** A capture that is replayed: events with the state of the recorded machine around them. Runs once. */
export interface CaptureSource extends EventSource {
  counters(): CaptureCounters;
}

/** Opens a capture, raw or gzip, by its path or as a stream of its bytes (`path` then only names it). */
export function openCapture(
  input: string | Readable,
  options: CaptureOptions = {},
  path?: string,
): CaptureSource {
  const replay = new CaptureReplay(options.from ?? 0, options.to ?? Number.POSITIVE_INFINITY);
  const name = path ?? (typeof input === "string" ? input : "-");
  return {
    counters: () => replay.counters(),
    async run(onEvent, signal) {
      const bytesTotal = typeof input === "string" ? await sizeOf(input) : null;
      const progress = (read: number) => options.onProgress?.(read, bytesTotal);
      await replayBytes(input, name, replay, onEvent, progress, signal);
    },
  };
}

async function replayBytes(
  input: string | Readable,
  path: string,
  replay: CaptureReplay,
  onEvent: (event: Event) => void,
  progress: (bytesRead: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const enough = new AbortController();
  const stop = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]);
  let isStopped = stop.aborted;
  const reader = new CaptureReader(path, replay);
  stop.addEventListener("abort", () => {
    isStopped = true;
    reader.stop();
  });
  replay.onEvent = onEvent;
  replay.onDone = () => reader.stop();
  if (isStopped || replay.isDone) reader.stop();
  const chunk = (bytes: Buffer) => {
    located(path, reader, () => reader.push(bytes));
    if (replay.isDone) enough.abort();
  };
  const consumer = { chunk, progress };
  if (typeof input !== "string") await decompress(input, path, consumer, stop);
  else if (!(await readRawFile(input, consumer, stop))) {
    await decompress(createReadStream(input, { highWaterMark: READ_CHUNK_BYTES }), path, consumer, stop);
  }
  if (!isStopped) reader.finish();
}

/** Says of a damaged event where in the file it lies. */
function located(path: string, reader: CaptureReader, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof DamagedEvent)) throw error;
    throw new SourceError(path, reader.eventOffset, error.message);
  }
}

/** Size of a file; null: not known, which reading it will tell. */
async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.size ?? null;
}
