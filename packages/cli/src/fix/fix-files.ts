// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, SourceFile } from "@falcoc/parser";
import { Failure } from "../failure.ts";
import { STDIN_NAME } from "../input/read-bytes.ts";
import { replaceFile } from "../replace-file.ts";
import { applyFixes, type FixedFiles } from "./apply-fixes.ts";

/** A fix may make room for another, but not for ever. */
const PASSES_MAX = 10;

/** Applies safe fixes until none is left, writes the changed files, and gives them as they are now. */
export async function fixFiles(
  files: readonly SourceFile[],
  check: (files: readonly SourceFile[]) => readonly Diagnostic[],
): Promise<FixedFiles> {
  if (files.some((file) => file.path === STDIN_NAME))
    throw new Failure(["--fix cannot write to standard input"]);
  let fixed: FixedFiles = { files, applied: 0 };
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    const { files: next, applied } = applyFixes(fixed.files, check(fixed.files));
    if (applied === 0) break;
    fixed = { files: next, applied: fixed.applied + applied };
  }
  for (const [index, file] of fixed.files.entries()) {
    if (file.text !== files[index]?.text) await replaceFile(file.path, file.text);
  }
  return fixed;
}
