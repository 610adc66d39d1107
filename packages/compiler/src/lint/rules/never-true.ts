// SPDX-License-Identifier: Apache-2.0
import { explainContradiction } from "../../analyse/explain.ts";
import { conditionTitle, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import type { Meaning, Part } from "../meaning.ts";
import { type PlacedPart, partsOf } from "../parts.ts";
import { recordText } from "../witness.ts";

export const neverTrue: LintRule = {
  code: "NEVER_TRUE",
  summary: "Parts of an `and` contradict each other, so that it never holds.",
  rationale:
    "A rule that needs two things that exclude each other never raises an alert, and nobody notices. The finding names the field that cannot have both values, and for each part an event on which that part alone holds.",
  avoid: ruleWith("evt.type = openat and fd.name = /etc/shadow and fd.name startswith /home"),
  prefer: ruleWith("evt.type = openat and fd.name = /etc/shadow"),
  severity: "warning",
  group: null,
  claimsMeaning: true,
  *check({ meaning }) {
    if (meaning === null) return;
    for (const placed of partsOf(meaning)) {
      const finding = placed.part.expr.kind === "and" ? contradiction(placed, meaning) : null;
      if (finding !== null) yield finding;
    }
  },
};

function contradiction({ own, source, part, root }: PlacedPart, meaning: Meaning): LintFinding | null {
  // One event on which the whole condition holds shows most of its parts to be possible.
  meaning.isPossible(root.formula);
  if (meaning.isPossible(part.formula)) return null;
  const goals = part.children.map(({ formula }) => ({ formula, truth: true }));
  const explanation = explainContradiction(goals);
  if (explanation === null || explanation.core.length < 2) return null;
  const core = explanation.core.map((index) => part.children[index]!);
  if (core.some((one) => isPlaceholder(one, meaning))) return null;
  const events = core.map((one) => eventOfPart(one, part, source, meaning));
  if (events.includes(null)) return null;
  const shown = core.map(({ node }) => `"${shownText(own, node)}"`).join(" and ");
  const reason =
    explanation.variable === null
      ? "one denies the other"
      : `no value of ${explanation.variable.key} satisfies ${core.length === 2 ? "both" : "all"}`;
  return {
    message: `${shown} never hold together in ${conditionTitle(own)}: ${reason}`,
    span: spanOfNode(own, core.at(-1)!.node),
    related: core.slice(0, -1).flatMap(({ node }) => {
      const span = spanOfNode(own, node);
      return span === null ? [] : [{ span, message: "this excludes it" }];
    }),
    hint: `each alone can hold: ${events.join(" and ")}`,
  };
}

/**
 * Whether a part is there for others to fill in: a macro that only gives another one a second name, or asks for the
 * existence of a field, stands for "all of them" until somebody puts a narrower one in its place.
 */
function isPlaceholder({ node }: Part, meaning: Meaning): boolean {
  const named = node.kind === "not" ? node.child : node;
  if (named.kind !== "macro") return false;
  const macro = meaning.macros.find(({ own }) => own.entry.name === named.name);
  return macro !== undefined && (macro.own.root.kind === "macro" || macro.own.root.kind === "exists");
}

/** An event on which a part holds, and the whole does not; null when none was found. */
function eventOfPart(part: Part, whole: Part, source: string, meaning: Meaning): string | null {
  const event = meaning.event([{ formula: part.formula, truth: true }]);
  const verdicts = event && meaning.run([part.expr, whole.expr], source, event);
  return verdicts?.[0] === true && verdicts[1] === false ? recordText(event!) : null;
}
