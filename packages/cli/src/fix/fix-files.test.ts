// SPDX-License-Identifier: Apache-2.0
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Diagnostic, SourceFile } from "@falcoc/parser";
import { afterAll, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import { fixFiles } from "./fix-files.ts";

const folder = mkdtempSync(join(tmpdir(), "falcoc-fix-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Finds the first `ab` of each file, to be replaced by `b`: `aab` needs two passes. */
function check(files: readonly SourceFile[]): Diagnostic[] {
  return files.flatMap(({ path, text }) => {
    const start = text.indexOf("ab");
    const span = { path, start, end: start + 2 };
    const fix = { title: "t", safe: true, edits: [{ span, newText: "b" }] };
    return start < 0
      ? []
      : [{ code: "c", severity: "warning", message: "m", span, fix } satisfies Diagnostic];
  });
}

it("writes what changed, through links, mode kept, until nothing is left", async () => {
  const [target, link, clean] = ["target.yaml", "link.yaml", "clean.yaml"].map((name) => join(folder, name));
  writeFileSync(target!, "aaab");
  chmodSync(target!, 0o640);
  symlinkSync(target!, link!);
  const paths = [
    { path: link!, text: "aaab" },
    { path: clean!, text: "c" },
  ];
  const fixed = await fixFiles(paths, check);
  expect(fixed).toEqual({ files: [{ path: link, text: "b" }, paths[1]], applied: 3 });
  expect(readFileSync(target!, "utf8")).toBe("b");
  expect(statSync(target!).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).sort()).toEqual(["link.yaml", "target.yaml"]);
});

it("cannot write to standard input", async () => {
  await expect(fixFiles([{ path: "<stdin>", text: "ab" }], check)).rejects.toThrow(Failure);
});

it("says what it cannot write", async () => {
  const path = join(folder, "gone", "x.yaml");
  await expect(fixFiles([{ path, text: "ab" }], check)).rejects.toThrow(`${path}: no such file or directory`);
});
