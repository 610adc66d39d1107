// SPDX-License-Identifier: Apache-2.0
import { decodeText, TRANSFORMERS, type Value } from "@falcoc/parser";
import type { CheckOperator } from "../ir/expr.ts";
import type { CheckContext } from "./checked-operand.ts";

export type CheckWarningKind = "regex-needs-none" | "field-as-text" | "transformer-as-text";

export interface CheckWarning {
  /** In the engine's wording. */
  readonly message: string;
  readonly kind: CheckWarningKind;
}

const CALLED: ReadonlySet<string> = new Set(["val", ...TRANSFORMERS]);
const SIMPLE_REGEX = /^\^?(?:\.[+*?])?[^.+*?^$()[\]{}|\\]*(?:\.[+*?])?\$?$/;

/** What looks odd about a literal: a pattern that is plain text, a field or a call that was meant to be read. */
export function literalWarnings(
  value: Value,
  operator: CheckOperator,
  { catalog, source }: CheckContext,
): readonly CheckWarning[] {
  const warnings: CheckWarning[] = [];
  const text = decodeText(value.text);
  const compact = text.replace(/[ \t-\r]/g, "");
  if (operator === "regex" && SIMPLE_REGEX.test(text)) {
    const simpler = "simpler operators such as '=', 'contains', 'startswith', 'endswith'";
    const message = `regex check with '${text}' may be optimized with ${simpler}`;
    warnings.push({ kind: "regex-needs-none", message });
  }
  // Every field has a dot in its name, most literals have none.
  if (compact.includes(".") && catalog.resolve(compact, source).ok) {
    const message = `'${text}' may be a valid field misused as a const string value`;
    warnings.push({ kind: "field-as-text", message });
  }
  const parenthesis = compact.endsWith(")") ? compact.indexOf("(") : -1;
  if (parenthesis > 0 && CALLED.has(compact.slice(0, parenthesis))) {
    const message = `'${text}' may be a valid field transformer misused as a const string value`;
    warnings.push({ kind: "transformer-as-text", message });
  }
  return warnings;
}
