// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, Severity } from "@falcoc/parser";
import type { LintContext } from "./context.ts";

/** Rules that are off unless they, or their group, are asked for. */
export const LINT_GROUPS = {
  style: "The official style guide for rules.",
} as const satisfies Record<string, string>;
export type LintGroup = keyof typeof LINT_GROUPS;

/** One thing that the linter looks for: everything about it stands in one file. */
export interface LintRule {
  /** Stable; what `falcoc-ignore` and the configuration call it. */
  readonly code: string;
  /** What it finds, in one sentence. */
  readonly summary: string;
  /** Why that is a problem. */
  readonly rationale: string;
  /** A rules file in which it finds this, and nothing else. */
  readonly avoid: string;
  /** The same rules file as it should be. */
  readonly prefer: string;
  readonly severity: Severity;
  /** null: always on. */
  readonly group: LintGroup | null;
  /** Whether its findings say what conditions mean: they come with events that have been run, or are not made. */
  readonly claimsMeaning?: true;
  /** Whether it is about comments that silence the findings of the others. */
  readonly afterIgnores?: true;
  /** Has no effects. Whatever it cannot be certain of it leaves out. */
  check(context: LintContext): Iterable<LintFinding>;
}

export type LintFinding = Pick<Diagnostic, "message" | "span" | "hint" | "related" | "fix">;
