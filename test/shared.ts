// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, it } from "vitest";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..", "shared");

/** Folder of the shared specification, corpus and golden data, beside the checkout; null where it is not there. */
export function sharedDir(): string | null {
  return existsSync(join(folder, "corpus")) ? folder : null;
}

/** A group of tests over shared data. Without the data they are skipped in one line; in CI that is a failure. */
export function describeShared(title: string, define: (dir: string) => void): void {
  const dir = sharedDir();
  if (dir !== null) describe(title, () => define(dir));
  else if (process.env.CI === "true") {
    describe(title, () => it("needs ../shared", () => Promise.reject(new Error("../shared is missing"))));
  } else describe.skip(`${title} (skipped: no ../shared beside this checkout)`, () => {});
}

/** Records of a JSON-lines file, gzip'ed when its name ends in `.gz`. Integers beyond 2^53 lose digits. */
export function readJsonLines<T>(path: string): T[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}
