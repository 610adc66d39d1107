// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { explainContradiction } from "../../analyse/explain.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { type ExceptionRow, exceptionRows, wholeException } from "../exception-rows.ts";
import type { ExceptionMeaning, Meaning, RuleMeaning } from "../meaning.ts";
import { recordText } from "../witness.ts";

const CONDITION = "evt.type = openat and proc.name in (cat, less)";
const exceptionFor = (program: string): string => `  exceptions:
    - name: known_readers
      fields: [proc.name, fd.name]
      comps: [=, startswith]
      values:
        - [less, /usr/share]
        - [${program}, /etc/ssl]
`;

export const exceptionHidesNothing: LintRule = {
  code: "EXCEPTION_HIDES_NOTHING",
  summary: "An exception, or one of its values, is about events that its rule does not match anyway.",
  rationale:
    "Whoever wrote the exception expected it to silence something. Most often a name is mistyped, or the condition has changed since. The finding gives an event that the exception is about and the condition is not.",
  avoid: ruleWith(CONDITION, { rest: exceptionFor("cta") }),
  prefer: ruleWith(CONDITION, { rest: exceptionFor("cat") }),
  severity: "warning",
  group: null,
  claimsMeaning: true,
  *check({ meaning }) {
    if (meaning === null) return;
    for (const rule of meaning.rules) {
      if (rule.exceptions.length === 0 || meaning.model(rule.root.formula).kind !== "model") continue;
      for (const exception of rule.exceptions) yield* findings(rule, exception, meaning);
    }
  },
};

/** One finding for the exception where that is about nothing; else one for each such value. */
function* findings(rule: RuleMeaning, exception: ExceptionMeaning, meaning: Meaning): Generator<LintFinding> {
  const name = `exception "${decodeText(exception.entry.name)}" of rule "${rule.own.name}"`;
  const whole = hidesNothing(rule, wholeException(exception), name, meaning);
  if (whole !== null) {
    yield whole;
    return;
  }
  for (const row of exceptionRows(exception, meaning)) {
    const finding = hidesNothing(rule, row, `this value of ${name}`, meaning);
    if (finding !== null) yield finding;
  }
}

function hidesNothing(
  { root, source }: RuleMeaning,
  { expr, formula, span }: ExceptionRow,
  what: string,
  meaning: Meaning,
): LintFinding | null {
  const explanation = explainContradiction([
    { formula: root.formula, truth: true },
    { formula, truth: true },
  ]);
  if (explanation === null || explanation.core.length < 2) return null;
  const event = meaning.event([{ formula, truth: true }]);
  const verdicts = event && meaning.run([expr, root.expr], source, event);
  if (verdicts?.[0] !== true || verdicts[1] !== false) return null;
  const why =
    explanation.variable === null
      ? ""
      : `: no value of ${explanation.variable.key} satisfies it and the condition`;
  return {
    message: `${what} hides nothing${why}`,
    span,
    hint: `it is about events such as ${recordText(event!)}, which the condition does not match`,
  };
}
