// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, SourceFile, TextEdit } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { applyFixes } from "./apply-fixes.ts";

const files: readonly SourceFile[] = [
  { path: "a", text: "0123456789" },
  { path: "b", text: "abc" },
];

function edit(path: string, start: number, end: number, newText: string): TextEdit {
  return { span: { path, start, end }, newText };
}

function diagnostic(safe: boolean, ...edits: TextEdit[]): Diagnostic {
  return { code: "c", severity: "warning", message: "m", span: null, fix: { title: "t", safe, edits } };
}

describe("fixes", () => {
  it.each<[string, Diagnostic[], string[], number]>([
    [
      "in any order",
      [diagnostic(true, edit("a", 8, 9, "")), diagnostic(true, edit("a", 0, 2, "xyz"))],
      ["xyz2345679", "abc"],
      2,
    ],
    [
      "in several files",
      [diagnostic(true, edit("a", 0, 1, "-"), edit("b", 3, 3, "!"))],
      ["-123456789", "abc!"],
      1,
    ],
    [
      "side by side",
      [diagnostic(true, edit("a", 0, 2, "")), diagnostic(true, edit("a", 2, 4, ""))],
      ["456789", "abc"],
      2,
    ],
    [
      "not over each other",
      [diagnostic(true, edit("a", 0, 3, "")), diagnostic(true, edit("a", 2, 4, ""))],
      ["3456789", "abc"],
      1,
    ],
    [
      "wholly or not at all",
      [diagnostic(true, edit("b", 0, 1, "")), diagnostic(true, edit("b", 0, 2, ""), edit("a", 0, 1, ""))],
      ["0123456789", "bc"],
      1,
    ],
    ["only when safe", [diagnostic(false, edit("a", 0, 9, ""))], ["0123456789", "abc"], 0],
    ["only in files that are there", [diagnostic(true, edit("c", 0, 1, ""))], ["0123456789", "abc"], 0],
  ])("apply %s", (_title, diagnostics, texts, applied) => {
    const fixed = applyFixes(files, diagnostics);
    expect([fixed.files.map((file) => file.text), fixed.applied]).toEqual([texts, applied]);
  });
});
