// SPDX-License-Identifier: Apache-2.0

import { decodeText } from "@falcoc/parser";
import { variablesOf } from "../../analyse/variables-of.ts";
import { classOf } from "../../check/value-types.ts";
import { operandType } from "../../ir/expr.ts";
import { conditionTitle, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import type { Meaning } from "../meaning.ts";
import { type PlacedPart, partsOf } from "../parts.ts";
import { type FlatRecord, recordText } from "../witness.ts";

export const impossibleComparison: LintRule = {
  code: "IMPOSSIBLE_COMPARISON",
  summary: "A comparison that no value of its field's type satisfies, or that the engine never finds true.",
  rationale:
    "Some comparisons load and never hold: a number without sign is never below 0, and fields that stand for both ends of a connection or for all ancestors have comparisons of their own, which do not know every operator. The finding gives an event on which one would expect it to hold.",
  avoid: ruleWith("evt.type = connect and fd.ip in (10.0.0.1, 10.0.0.2)"),
  prefer: ruleWith("evt.type = connect and (fd.ip = 10.0.0.1 or fd.ip = 10.0.0.2)"),
  severity: "warning",
  group: null,
  claimsMeaning: true,
  *check({ meaning }) {
    if (meaning === null) return;
    for (const placed of partsOf(meaning)) {
      const { expr } = placed.part;
      const finding =
        expr.kind === "never"
          ? unsupported(placed, meaning)
          : expr.kind === "check"
            ? outOfRange(placed, meaning)
            : null;
      if (finding !== null) yield finding;
    }
  },
};

/** What the engine accepts and never finds true. */
function unsupported({ own, source, part }: PlacedPart, meaning: Meaning): LintFinding | null {
  const { node } = part;
  if (node.kind !== "check") return null;
  const event = expectedEvent(node);
  if (event === null || meaning.run([part.expr], source, event)?.[0] !== false) return null;
  const field = shownText(own, node.left);
  return {
    message: `"${shownText(own, node)}" in ${conditionTitle(own)} is never true: the engine compares ${field} in a way of its own, which does not support "${node.operator}"`,
    span: spanOfNode(own, node),
    hint: `compare with one value at a time, as in "(${field} = A or ${field} = B)"; it does not hold even on ${recordText(event)}`,
  };
}

/** The event that has the first value that is asked for. */
function expectedEvent({
  left,
  right,
}: Extract<PlacedPart["part"]["node"], { kind: "check" }>): FlatRecord | null {
  const [value] = right.kind === "list" ? right.items : right.kind === "value" ? [right] : [];
  if (left.kind !== "field" || value === undefined) return null;
  const text = decodeText(value.text);
  const name = left.argument === null ? left.name : `${left.name}[${decodeText(left.argument)}]`;
  const address = text.split("/")[0] ?? text;
  return { [name]: /^-?[0-9]+$/.test(text) ? Number(text) : address };
}

/** What the numbers of a type cannot satisfy. */
function outOfRange({ own, source, part }: PlacedPart, meaning: Meaning): LintFinding | null {
  const { expr, formula } = part;
  if (expr.kind !== "check" || part.node.kind !== "check") return null;
  if (classOf(operandType(expr.left)) !== "numeric") return null;
  if (!meaning.isImpossible([{ formula, truth: true }])) return null;
  const [variable] = variablesOf(formula);
  const event = variable && meaning.event([{ formula: meaning.formulas.exists(variable), truth: true }]);
  if (!event || meaning.run([expr], source, event)?.[0] !== false) return null;
  return {
    message: `"${shownText(own, part.node)}" in ${conditionTitle(own)} is never true: ${variable.key} has the type ${variable.type}, none of whose values satisfies it`,
    span: spanOfNode(own, part.node),
    hint: `it does not hold even on ${recordText(event)}`,
  };
}
