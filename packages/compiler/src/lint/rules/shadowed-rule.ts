// SPDX-License-Identifier: Apache-2.0
import { type Model, solve } from "../../analyse/solve.ts";
import { truthOf } from "../../analyse/truth.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import type { Meaning, RuleMeaning } from "../meaning.ts";
import { recordText, witnessOf } from "../witness.ts";

const broad = ruleWith("evt.type in (openat, open) and fd.name startswith /etc");
const narrow = ruleWith("evt.type in (openat, open) and fd.name = /etc/shadow and proc.name = cat", {
  name: "Shadow file read by cat",
});

/** Each rule is held against all before it: of more rules only so many, the first of all, are. */
const RULES_MAX = 5000;

export const shadowedRule: LintRule = {
  code: "SHADOWED_RULE",
  summary:
    "An earlier rule matches every event that a rule matches, so that the later one never raises an alert.",
  rationale:
    "By default only the first rule that matches an event raises an alert. A rule behind a broader one is silent unless the engine is set to report all matches. The finding shows an event that both match.",
  avoid: broad + narrow,
  prefer: narrow + broad,
  severity: "warning",
  group: null,
  claimsMeaning: true,
  *check({ meaning }) {
    if (meaning === null) return;
    const rules = meaning.rules.filter(({ rule }) => rule.entry.enabled).slice(0, RULES_MAX);
    for (const [index, later] of rules.entries()) {
      const solution = meaning.model(later.whole);
      if (solution.kind !== "model") continue;
      for (const earlier of rules.slice(0, index)) {
        if (earlier.source !== later.source) continue;
        const finding = shadow(earlier, later, solution.model, meaning);
        if (finding === null) continue;
        yield finding;
        break;
      }
    }
  },
};

function shadow(
  earlier: RuleMeaning,
  later: RuleMeaning,
  model: Model,
  meaning: Meaning,
): LintFinding | null {
  // Nearly all pairs of rules are told apart by the one event.
  if (truthOf(earlier.whole, model) !== true) return null;
  const goals = [
    { formula: later.whole, truth: true },
    { formula: earlier.whole, truth: false },
  ];
  if (solve(goals).kind !== "none") return null;
  const event = witnessOf(model);
  const verdicts = meaning.run([earlier.rule.expr, later.rule.expr], later.source, event);
  if (verdicts === null || verdicts.includes(false)) return null;
  const { nameSpan } = earlier.rule.entry;
  return {
    message: `rule "${later.own.name}" never raises an alert: rule "${earlier.own.name}" comes first and matches all its events`,
    span: later.rule.entry.nameSpan,
    related: [{ span: nameSpan, message: "this rule comes first" }],
    hint: `put it before that rule, or narrow that one; both match ${recordText(event)}`,
  };
}
