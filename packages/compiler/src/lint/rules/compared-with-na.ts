// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { KERNEL_SOURCE } from "../../catalog/index.ts";
import { conditionTitle, type OwnCheck, shownText, spanOfNode } from "../conditions.ts";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { NOT_AVAILABLE } from "../field-values.ts";

const OTHER = { output: "Login | user=%ct.user", rest: "  source: aws_cloudtrail\n" };

export const comparedWithNa: LintRule = {
  code: "COMPARED_WITH_NA",
  summary: "A field is compared with the text `<NA>` to find out whether it is missing.",
  rationale:
    "`<NA>` is only how outputs show a missing value. A missing value equals no text, and every comparison with it is false, `!=` too. Fields of system calls are not reported, since the engine does give some of them that text for a value.",
  avoid: ruleWith('ct.name = ConsoleLogin and ct.error = "<NA>"', OTHER),
  prefer: ruleWith("ct.name = ConsoleLogin and not ct.error exists", OTHER),
  severity: "warning",
  group: null,
  *check(context) {
    for (const own of context.checks) {
      const finding = comparison(own, context);
      if (finding !== null) yield finding;
    }
  },
};

const OPERATORS: ReadonlySet<string> = new Set(["=", "==", "!=", "in", "intersects"]);

function comparison({ condition, check }: OwnCheck, context: LintContext): LintFinding | null {
  if (check.kind !== "check" || check.left.kind !== "field" || !OPERATORS.has(check.operator)) return null;
  const { left, right, operator } = check;
  if (right.kind === "transformer" || isEngines(left.name)) return null;
  const values = right.kind === "list" ? right.items : [right];
  if (!values.some(({ text }) => decodeText(text) === NOT_AVAILABLE)) return null;
  const field = context.field(condition, left);
  const sources = field?.definition.sources ?? ["*"];
  if (sources.includes("*") || sources.includes(KERNEL_SOURCE)) return null;
  const instead =
    operator === "!=" ? `${shownText(condition, left)} exists` : `not ${shownText(condition, left)} exists`;
  return {
    message: `"${shownText(condition, check)}" in ${conditionTitle(condition)} does not tell whether the field is missing: a missing value is not the text "${NOT_AVAILABLE}"`,
    span: spanOfNode(condition, check),
    hint: `write "${instead}"`,
  };
}

/** Fields of which the engine warns itself. */
function isEngines(name: string): boolean {
  return name.startsWith("ka.") || name.startsWith("jevt.");
}
