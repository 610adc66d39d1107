// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic } from "@falcoc/parser";
import type { LintContext } from "../context.ts";
import { containerInfoFix } from "./container-info-fix.ts";
import { directionFix } from "./direction-fix.ts";
import type { Improve } from "./improve.ts";
import { overrideFix } from "./override-fix.ts";
import { regexFix } from "./regex-fix.ts";

/** Adds to what compiling has found how it is mended. */
export function withFix(diagnostic: Diagnostic, context: LintContext): Diagnostic {
  if (diagnostic.fix !== undefined) return diagnostic;
  for (const improve of IMPROVEMENTS[diagnostic.code] ?? []) {
    const improvement = improve(diagnostic, context);
    if (improvement !== null) return { ...diagnostic, ...improvement };
  }
  return diagnostic;
}

const IMPROVEMENTS: Readonly<Record<string, readonly Improve[]>> = {
  LOAD_COMPILE_CONDITION: [regexFix],
  LOAD_DEPRECATED_ITEM: [directionFix, containerInfoFix, overrideFix],
};
