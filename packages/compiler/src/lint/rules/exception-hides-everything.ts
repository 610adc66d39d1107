// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { explainContradiction } from "../../analyse/explain.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { wholeException } from "../exception-rows.ts";
import type { ExceptionMeaning, Meaning, RuleMeaning } from "../meaning.ts";
import { recordText } from "../witness.ts";

const CONDITION = "evt.type = openat and fd.name startswith /etc/";
const exceptionFor = (path: string): string => `  exceptions:
    - name: known_paths
      fields: fd.name
      comps: pmatch
      values: [${path}]
`;

export const exceptionHidesEverything: LintRule = {
  code: "EXCEPTION_HIDES_EVERYTHING",
  summary: "An exception covers every event that its rule matches.",
  rationale:
    "The rule can never raise an alert, although it looks as if it were in force. The finding gives an event that the condition matches and the exception hides.",
  avoid: ruleWith(CONDITION, { rest: exceptionFor("/") }),
  prefer: ruleWith(CONDITION, { rest: exceptionFor("/etc/ssl") }),
  severity: "warning",
  group: null,
  claimsMeaning: true,
  *check({ meaning }) {
    for (const rule of meaning?.rules ?? []) {
      for (const exception of rule.exceptions) {
        const finding = hidesEverything(rule, exception, meaning!);
        if (finding !== null) yield finding;
      }
    }
  },
};

function hidesEverything(
  rule: RuleMeaning,
  exception: ExceptionMeaning,
  meaning: Meaning,
): LintFinding | null {
  const { root, source, own } = rule;
  const explanation = explainContradiction([
    { formula: root.formula, truth: true },
    { formula: exception.formula, truth: false },
  ]);
  if (explanation === null || explanation.core.length < 2) return null;
  const event = meaning.event([{ formula: root.formula, truth: true }]);
  const verdicts = event && meaning.run([root.expr, exception.expr, rule.rule.expr], source, event);
  if (verdicts?.[0] !== true || verdicts[1] !== true || verdicts[2] !== false) return null;
  const why =
    explanation.variable === null
      ? ""
      : `: it holds for every value of ${explanation.variable.key} that the condition allows`;
  return {
    message: `exception "${decodeText(exception.entry.name)}" hides everything that rule "${own.name}" matches${why}`,
    span: wholeException(exception).span,
    hint: `for example ${recordText(event!)}`,
  };
}
