// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import { RecordFile } from "./record-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "falcoc-record-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** More than is gathered before it is written. */
const BLOCKS = Array.from({ length: 40 }, (_, i) => Buffer.alloc(16 * 1024, i));

it.each([
  ["plain", false],
  ["compressed", true],
])("writes what it was given, %s", (name, compress) => {
  const path = join(folder, name);
  const file = new RecordFile(path, compress);
  for (const block of BLOCKS) file.write(block);
  file.close();
  const bytes = readFileSync(path);
  expect(file.size).toBe(bytes.length);
  expect(compress ? gunzipSync(bytes) : bytes).toEqual(Buffer.concat(BLOCKS));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it("can be read up to what was flushed, whatever happens then", () => {
  const path = join(folder, "cut");
  const file = new RecordFile(path, true);
  file.write(Buffer.from("first"));
  file.flush();
  const { size } = file;
  file.write(Buffer.from("second"));
  file.close();
  truncateSync(path, size);
  expect(gunzipSync(readFileSync(path)).toString()).toBe("first");
});

it("says what keeps it from being made or written", () => {
  expect(() => new RecordFile(folder, false)).toThrow(Failure);
  expect(() => new RecordFile(join(folder, "a", "b"), false)).toThrow(/b: /);
});

it.runIf(process.platform === "linux")("says that a disk is full", () => {
  const file = new RecordFile("/dev/full", false);
  file.write(Buffer.from("x"));
  expect(() => file.flush()).toThrow(Failure);
});
