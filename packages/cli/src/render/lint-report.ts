// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, Severity, SourceFile } from "@falcoc/parser";

/** What `falcoc lint` found; every format is a function of this. */
export interface LintReport {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics as one reads the files: by file, then by place; those that belong to no file come last. */
export function inReadingOrder({ files, diagnostics }: LintReport): LintReport {
  const order = new Map(files.map((file, index) => [file.path, index]));
  const rank = ({ span }: Diagnostic) =>
    span === null ? files.length : (order.get(span.path) ?? files.length);
  const start = ({ span }: Diagnostic) => span?.start ?? 0;
  return { files, diagnostics: diagnostics.toSorted((a, b) => rank(a) - rank(b) || start(a) - start(b)) };
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
