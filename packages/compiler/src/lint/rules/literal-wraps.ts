// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { type IntegerForm, VALUE_TYPE_FACTS } from "../../check/value-types.ts";
import { wrapInteger } from "../../program/index.ts";
import { conditionTitle, type OwnCheck, spanOfNode } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const literalWraps: LintRule = {
  code: "LITERAL_WRAPS",
  summary: "A number does not fit the type of its field and is cut to another number.",
  rationale:
    "The engine cuts numbers to the width of the field without a word: the port 65979 is 443 then, and a number below 0 is a huge one where there is no sign. -1 is not reported, as it is the usual way to write the greatest number.",
  avoid: ruleWith("evt.type = connect and fd.sport = 65979"),
  prefer: ruleWith("evt.type = connect and fd.sport = 443"),
  severity: "warning",
  group: null,
  *check(context) {
    for (const own of context.checks) yield* wrappingLiterals(own, context);
  },
};

const PORT: IntegerForm = { bits: 16, signed: false };
const ALL_ONES = -1n;

function* wrappingLiterals({ condition, check }: OwnCheck, context: LintContext): Generator<LintFinding> {
  if (check.kind !== "check" || check.left.kind !== "field" || check.right.kind === "transformer") return;
  const field = context.field(condition, check.left);
  if (field === null) return;
  const { literal } = VALUE_TYPE_FACTS[field.type];
  const form = literal === "port" ? PORT : typeof literal === "object" ? literal : null;
  if (form === null) return;
  for (const value of check.right.kind === "list" ? check.right.items : [check.right]) {
    const text = decodeText(value.text).trim();
    if (!/^[+-]?[0-9]+$/.test(text)) continue;
    const written = BigInt(text.replace(/^\+/, ""));
    const meant = wrapInteger(written, form.bits, form.signed);
    if (BigInt(meant) === written || written === ALL_ONES) continue;
    const range = form.signed ? `${form.bits} bits` : `${form.bits} bits without a sign`;
    yield {
      message: `${text} does not fit ${check.left.name}, which has ${range}: ${conditionTitle(condition)} compares with ${meant}`,
      span: spanOfNode(condition, value),
    };
  }
}
