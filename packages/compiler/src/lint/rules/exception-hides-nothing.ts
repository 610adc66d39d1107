// SPDX-License-Identifier: Apache-2.0
import { decodeText, type Span } from "@falcoc/parser";
import { explainContradiction } from "../../analyse/explain.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import type { ExceptionMeaning, Meaning, RuleMeaning } from "../meaning.ts";
import { recordText } from "../witness.ts";

const CONDITION = "evt.type = openat and proc.name in (cat, less)";
const exceptionFor = (program: string): string => `  exceptions:
    - name: known_readers
      fields: [proc.name, fd.name]
      comps: [=, startswith]
      values:
        - [${program}, /etc/ssl]
`;

export const exceptionHidesNothing: LintRule = {
  code: "EXCEPTION_HIDES_NOTHING",
  summary: "An exception is about events that its rule does not match anyway.",
  rationale:
    "Whoever wrote the exception expected it to silence something. Most often a name is mistyped, or the condition has changed since. The finding gives an event that the exception is about and the condition is not.",
  avoid: ruleWith(CONDITION, { rest: exceptionFor("cta") }),
  prefer: ruleWith(CONDITION, { rest: exceptionFor("cat") }),
  severity: "warning",
  group: null,
  claimsMeaning: true,
  *check({ meaning }) {
    for (const rule of meaning?.rules ?? []) {
      for (const exception of rule.exceptions) {
        const finding = hidesNothing(rule, exception, meaning!);
        if (finding !== null) yield finding;
      }
    }
  },
};

function hidesNothing(rule: RuleMeaning, exception: ExceptionMeaning, meaning: Meaning): LintFinding | null {
  const { root, source, own } = rule;
  if (meaning.model(root.formula).kind !== "model") return null;
  const explanation = explainContradiction([
    { formula: root.formula, truth: true },
    { formula: exception.formula, truth: true },
  ]);
  if (explanation === null || explanation.core.length < 2) return null;
  const event = meaning.event([{ formula: exception.formula, truth: true }]);
  const verdicts = event && meaning.run([exception.expr, root.expr], source, event);
  if (verdicts?.[0] !== true || verdicts[1] !== false) return null;
  const why =
    explanation.variable === null
      ? ""
      : `: no value of ${explanation.variable.key} satisfies it and the condition`;
  return {
    message: `exception "${decodeText(exception.entry.name)}" of rule "${own.name}" hides nothing${why}`,
    span: spanOfException(exception),
    hint: `it is about events such as ${recordText(event!)}, which the condition does not match`,
  };
}

/** Where the first value of an exception is written, or the exception itself. */
export function spanOfException({ entry }: ExceptionMeaning): Span | null {
  const { file, mark } = entry.context;
  let [part] = entry.values;
  while (part?.kind === "list") [part] = part.parts;
  const span = part?.kind === "text" ? spanOfText(part.text, 0, part.text.text.length) : null;
  return span ?? file.span(mark.offset, mark.offset);
}
