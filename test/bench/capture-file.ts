// SPDX-License-Identifier: Apache-2.0
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { shared } from "./shared-rules.ts";

/** Bytes that golden captures have for each of their events, lists included: an upper bound. */
const BYTES_PER_EVENT_MAX = 100;

/** An uncompressed capture: all golden captures, one after the other, as often as it takes. */
export interface CaptureFile {
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
  remove(): void;
}

/** Writes a capture of at least `events` events to a temporary folder; null without the golden captures. */
export function repeatedCaptures(events: number): CaptureFile | null {
  const folder = join(shared, "golden", "captures");
  if (!existsSync(folder)) return null;
  const captures = readdirSync(folder)
    .filter((name) => name.endsWith(".scap"))
    .sort()
    .map((name) => gunzipSync(readFileSync(join(folder, name))));
  const once = Buffer.concat(captures);
  const times = Math.ceil((events * BYTES_PER_EVENT_MAX) / once.length) + 1;
  const directory = mkdtempSync(join(tmpdir(), "falcoc-bench-"));
  const path = join(directory, "repeated.scap");
  const file = openSync(path, "w");
  for (let i = 0; i < times; i++) writeSync(file, once);
  closeSync(file);
  return { path, bytes: once.length * times, remove: () => rmSync(directory, { recursive: true }) };
}
