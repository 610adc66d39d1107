// SPDX-License-Identifier: Apache-2.0
import type { BinaryCheck } from "@falcoc/parser";
import { conditionTitle, type OwnCheck, type OwnCondition, shownText, spanOfNode } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const firstValueOnly: LintRule = {
  code: "FIRST_VALUE_ONLY",
  summary: "Of several listed values the engine looks at the first only.",
  rationale:
    "Fields that stand for both ends of a connection or for all ancestors compare themselves: they ignore `anyof`, `oneof` and `allof`, and fd.net looks at the first network of `in` only. The other values are never found.",
  avoid: ruleWith("evt.type = connect and fd.net in (10.0.0.0/8, 192.168.0.0/16)"),
  prefer: ruleWith("evt.type = connect and (fd.net = 10.0.0.0/8 or fd.net = 192.168.0.0/16)"),
  severity: "warning",
  group: null,
  *check(context) {
    for (const own of context.checks) {
      const finding = firstOnly(own, context);
      if (finding !== null) yield finding;
    }
  },
};

function firstOnly({ condition, check }: OwnCheck, context: LintContext): LintFinding | null {
  if (check.kind !== "check" || check.left.kind !== "field" || !ignoresRest(check, condition, context))
    return null;
  const field = shownText(condition, check.left);
  const { operator } = check;
  return {
    message: `"${shownText(condition, check)}" in ${conditionTitle(condition)} compares with the first value only`,
    span: spanOfNode(condition, check),
    hint: `compare with one value at a time, as in "(${field} ${operator === "in" ? "=" : operator} A or ${field} ${operator === "in" ? "=" : operator} B)"`,
  };
}

function ignoresRest(check: BinaryCheck, condition: OwnCondition, context: LintContext): boolean {
  const { left, right, operator, modifier } = check;
  if (left.kind !== "field" || right.kind === "transformer" || countOf(right, context) < 2) return false;
  const field = context.field(condition, left);
  if (field === null || (field.comparison !== "endpoints" && field.comparison !== "ancestors")) return false;
  return modifier !== null || (operator === "in" && field.type === "IPNET");
}

/** How many values a right side gives, lists put in. */
function countOf(
  right: Exclude<BinaryCheck["right"], { kind: "transformer" }>,
  context: LintContext,
): number {
  const lists = context.compiled.loaded.active?.lists ?? [];
  const items = right.kind === "list" ? right.items : [right];
  return items
    .map(({ text }) => lists.find(({ name }) => name === text)?.items.length ?? 1)
    .reduce((sum, count) => sum + count, 0);
}
