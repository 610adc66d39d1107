// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, Severity, SourceFile } from "@falcoc/parser";

/** What `falcoc lint` found; every format is a function of this. */
export interface LintReport {
  readonly files: readonly SourceFile[];
  /** In the order of the files and of the places in them. */
  readonly diagnostics: readonly Diagnostic[];
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

export function countSeverities(diagnostics: readonly Diagnostic[]): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
