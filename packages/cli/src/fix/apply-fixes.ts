// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, SourceFile, TextEdit } from "@falcoc/parser";

export interface FixedFiles {
  /** All files, in their order, the changed ones with their new text. */
  readonly files: readonly SourceFile[];
  /** Fixes applied. Those that overlap one before them wait for the next pass. */
  readonly applied: number;
}

/** Applies the safe fixes that diagnostics carry, each wholly or not at all. */
export function applyFixes(files: readonly SourceFile[], diagnostics: readonly Diagnostic[]): FixedFiles {
  const taken = new Map<string, TextEdit[]>(files.map((file) => [file.path, []]));
  let applied = 0;
  for (const { fix } of diagnostics) {
    if (!fix?.safe || fix.edits.length === 0) continue;
    const fits = fix.edits.every((edit) =>
      taken.get(edit.span.path)?.every((other) => areApart(edit, other)),
    );
    if (!fits) continue;
    for (const edit of fix.edits) taken.get(edit.span.path)?.push(edit);
    applied++;
  }
  return {
    files: files.map((file) => ({ ...file, text: edited(file.text, taken.get(file.path) ?? []) })),
    applied,
  };
}

/** Two insertions at one place have no order, so they count as overlapping. */
function areApart(a: TextEdit, b: TextEdit): boolean {
  if (a.span.start === b.span.start) return false;
  return a.span.end <= b.span.start || b.span.end <= a.span.start;
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const backwards = [...edits].sort((a, b) => b.span.start - a.span.start);
  return backwards.reduce(
    (old, { span, newText }) => old.slice(0, span.start) + newText + old.slice(span.end),
    text,
  );
}
