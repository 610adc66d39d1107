// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic } from "@falcoc/parser";
import type { LintContext } from "./context.ts";

export function withFix(diagnostic: Diagnostic, _context: LintContext): Diagnostic {
  return diagnostic;
}
