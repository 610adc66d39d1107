// SPDX-License-Identifier: Apache-2.0
import { decodeText, type Value } from "@falcoc/parser";
import { didYouMean } from "../../suggest.ts";
import { conditionTitle, type OwnCheck, spanOfNode } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { FIELD_VALUES } from "../field-values.ts";

export const impossibleValue: LintRule = {
  code: "IMPOSSIBLE_VALUE",
  summary: "A field is compared with a text that it never has.",
  rationale:
    "Some fields have one of a handful of texts, such as the kinds of descriptors. The engine takes any text, so a mistyped one loads, and the comparison is never true.",
  avoid: ruleWith("evt.type = openat and fd.type = files"),
  prefer: ruleWith("evt.type = openat and fd.type = file"),
  severity: "warning",
  group: null,
  *check(context) {
    for (const own of context.checks) yield* impossibleValues(own, context);
  },
};

const OPERATORS: ReadonlySet<string> = new Set(["=", "==", "!=", "in", "intersects"]);

function* impossibleValues(
  { condition, check }: OwnCheck,
  { collection }: LintContext,
): Generator<LintFinding> {
  if (check.kind !== "check" || check.left.kind !== "field" || !OPERATORS.has(check.operator)) return;
  const known = FIELD_VALUES.get(check.left.name);
  const { right } = check;
  if (known === undefined || right.kind === "transformer") return;
  for (const value of right.kind === "list" ? right.items : [right]) {
    const text = decodeText(value.text);
    if (known.has(text) || collection.lists.has(value.text)) continue;
    yield {
      message: `${check.left.name} never has the value "${text}" that ${conditionTitle(condition)} compares it with`,
      span: spanOfNode(condition, value satisfies Value),
      hint: didYouMean(text, known) ?? `its values are ${[...known].join(", ")}`,
    };
  }
}
