// SPDX-License-Identifier: Apache-2.0
import { explainContradiction } from "../../analyse/explain.ts";
import type { Formula } from "../../analyse/formula.ts";
import { isUniversal } from "../../analyse/property-relations.ts";
import type { Goal } from "../../analyse/solve.ts";
import { variablesOf } from "../../analyse/variables-of.ts";
import { classOf } from "../../check/value-types.ts";
import { conditionTitle, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import type { Meaning, Part } from "../meaning.ts";
import { type PlacedPart, partsOf } from "../parts.ts";
import { recordText } from "../witness.ts";

export const alwaysTrue: LintRule = {
  code: "ALWAYS_TRUE",
  summary: "A part of a condition holds whatever value its field has.",
  rationale:
    "`a != x or a != y` looks like a list of exclusions, but every value differs from one of the two, so that nothing is excluded. The finding gives events on which single alternatives fail and the whole still holds.",
  avoid: ruleWith("evt.type = openat and (proc.name != cat or proc.name != less)"),
  prefer: ruleWith("evt.type = openat and not proc.name in (cat, less)"),
  severity: "warning",
  group: null,
  claimsMeaning: true,
  *check({ meaning }) {
    if (meaning === null) return;
    for (const placed of partsOf(meaning)) {
      const { kind } = placed.part.expr;
      const finding =
        kind === "or"
          ? tautology(placed, meaning)
          : placed.part.node.kind === "check"
            ? universalCheck(placed, meaning)
            : null;
      if (finding !== null) yield finding;
    }
  },
};

function tautology({ own, source, part }: PlacedPart, meaning: Meaning): LintFinding | null {
  if (canFail(part.formula)) return null;
  const failing = part.children.map(({ formula }): Goal => ({ formula, truth: false }));
  const present = presence(part.formula, meaning);
  const explanation = explainContradiction([...failing, ...present]);
  if (explanation === null) return null;
  const core = explanation.core
    .filter((index) => index < failing.length)
    .map((index) => part.children[index]!);
  if (core.length < 2) return null;
  const events = core.map((one) => eventWithout(one, part, present, source, meaning));
  if (events.includes(null)) return null;
  const holds =
    explanation.core.length > core.length ? holdsWhenPresent(explanation.variable?.key) : "always holds";
  const shown = core.map(({ node }) => `"${shownText(own, node)}"`).join(" or ");
  return {
    message: `${shown} in ${conditionTitle(own)} ${holds}`,
    span: spanOfNode(own, part.node),
    hint: `it holds even where one of them fails: ${events.join(" and ")}`,
  };
}

function universalCheck({ own, source, part }: PlacedPart, meaning: Meaning): LintFinding | null {
  if (isOneOfSome(part.formula) || canFail(part.formula)) return null;
  const present = presence(part.formula, meaning);
  if (present.length === 0 || !meaning.isImpossible([{ formula: part.formula, truth: false }, ...present]))
    return null;
  const event = meaning.event(present);
  if (event === null || meaning.run([part.expr], source, event)?.[0] !== true) return null;
  const [variable] = variablesOf(part.formula);
  return {
    message: `"${shownText(own, part.node)}" in ${conditionTitle(own)} ${holdsWhenPresent(variable?.key)}`,
    span: spanOfNode(own, part.node),
    hint: `to ask whether there is a value, write "${variable?.key} exists"; it holds on ${recordText(event)}`,
  };
}

/** A comparison with given values, which others differ from: most checks are that. */
function isOneOfSome(formula: Formula): boolean {
  return (
    formula.kind === "some" &&
    formula.wanted &&
    formula.property.operator === "in" &&
    formula.variable.type !== "BOOL"
  );
}

/** Whether some texts make it fail, together with all else that they make fail: most conditions are about texts. */
function canFail(formula: Formula): boolean {
  switch (formula.kind) {
    case "or":
      return formula.children.every(canFail);
    case "and":
      return formula.children.some(canFail);
    case "some": {
      const { wanted, property, variable } = formula;
      return wanted && TEXT_CLASSES.has(classOf(variable.type)) && !isUniversal(property);
    }
    default:
      return false;
  }
}

const TEXT_CLASSES: ReadonlySet<string> = new Set(["string", "buffer"]);

function holdsWhenPresent(field: string | undefined): string {
  return `holds for every value of ${field ?? "its fields"}`;
}

/** That all variables of a formula have values. */
function presence(formula: Formula, { formulas }: Meaning): readonly Goal[] {
  return [...variablesOf(formula)].map((variable) => ({ formula: formulas.exists(variable), truth: true }));
}

/** An event on which an alternative fails and the whole holds; null when none was found. */
function eventWithout(
  part: Part,
  whole: Part,
  present: readonly Goal[],
  source: string,
  meaning: Meaning,
): string | null {
  const event = meaning.event([{ formula: part.formula, truth: false }, ...present]);
  const verdicts = event && meaning.run([part.expr, whole.expr], source, event);
  return verdicts?.[0] === false && verdicts[1] === true ? recordText(event!) : null;
}
