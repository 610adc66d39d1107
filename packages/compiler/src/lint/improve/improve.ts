// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic } from "@falcoc/parser";
import type { LintContext } from "../context.ts";

/** How a finding is mended, in words and as edits; null where that is not certain. */
export type Improve = (
  diagnostic: Diagnostic,
  context: LintContext,
) => Pick<Diagnostic, "hint" | "fix"> | null;
