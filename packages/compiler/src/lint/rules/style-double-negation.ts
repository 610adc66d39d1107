// SPDX-License-Identifier: Apache-2.0
import { type Not, visitCondition } from "@falcoc/parser";
import { conditionTitle, type OwnCondition, placeBefore, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const styleDoubleNegation: LintRule = {
  code: "STYLE_DOUBLE_NEGATION",
  summary: "A negation of a negation.",
  rationale:
    "Two negations are harder to read than none. `not a != b` is not even the same as `a = b`: it also holds when a has no value.",
  avoid: ruleWith("evt.type in (open, openat, openat2) and not not fd.name = /etc/shadow"),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow"),
  severity: "info",
  group: "style",
  *check({ conditions }) {
    for (const condition of conditions) {
      yield* repeated(condition);
      yield* ofInequality(condition);
    }
  },
};

/** An even run of `not` leaves no trace in the tree. */
function* repeated(condition: OwnCondition): Generator<LintFinding> {
  const { text } = condition;
  for (const match of maskQuoted(text.text).matchAll(/(?<![\w.])not\s+not\s+/g)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const [from, to] = [placeBefore(text, start), placeBefore(text, end)];
    if (from === null || to === null || from.path !== to.path || to.start < from.start) continue;
    const span = { ...from, end: to.start };
    yield {
      message: `two negations in a row in ${conditionTitle(condition)} cancel each other`,
      span,
      fix: { title: "Remove both", safe: true, edits: [{ span, newText: "" }] },
    };
  }
}

/** Texts in quotes become blanks, so that what is in them is not taken for words of the condition. */
function maskQuoted(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, (quoted) => "_".repeat(quoted.length));
}

function* ofInequality(condition: OwnCondition): Generator<LintFinding> {
  const found: Not[] = [];
  visitCondition(condition.root, {
    not: (node) => {
      if (node.child.kind === "check" && node.child.operator === "!=") found.push(node);
      return undefined;
    },
  });
  for (const node of found) {
    yield {
      message: `"${shownText(condition, node)}" in ${conditionTitle(condition)} negates "!="`,
      span: spanOfNode(condition, node),
      hint: "say what is asked for; the negation also holds for missing values",
    };
  }
}
