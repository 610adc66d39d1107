// SPDX-License-Identifier: Apache-2.0
import { conditionTitle, type OwnCheck, placeBefore, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const eventTypeNotIndexed: LintRule = {
  code: "EVENT_TYPE_NOT_INDEXED",
  summary:
    "The type of the event is compared in a way that does not keep the rule from being tested on every event.",
  rationale:
    "The engine tests a rule only on events of the types that it finds in `=`, `!=` and `in` of evt.type. Other ways to say the same make it try the rule on every event, which is slow.",
  avoid: ruleWith("evt.type = anyof (open, openat, openat2) and fd.name = /etc/shadow", {
    rest: "  warn_evttypes: false\n",
  }),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow"),
  severity: "warning",
  group: null,
  *check({ checks }) {
    for (const own of checks) {
      const finding = notIndexed(own);
      if (finding !== null) yield finding;
    }
  },
};

function notIndexed({ condition, check }: OwnCheck): LintFinding | null {
  if (check.kind !== "check" || check.left.kind !== "field") return null;
  const { left, right, operator, modifier } = check;
  if (left.name !== "evt.type" || right.kind === "transformer") return null;
  const isAnyOf = modifier === "anyof" && (operator === "=" || operator === "==");
  if (!isAnyOf && operator !== "intersects") return null;
  const { text } = condition;
  const start = left.end + (/^\s*/.exec(text.text.slice(left.end))?.[0].length ?? 0);
  const end = text.text.slice(0, right.start).trimEnd().length;
  const [from, to] = [placeBefore(text, start), placeBefore(text, end - 1)];
  const edits =
    from !== null && to !== null && from.path === to.path && right.kind === "list"
      ? [{ span: { ...from, end: to.end + 1 }, newText: "in" }]
      : [];
  return {
    message: `"${shownText(condition, check)}" in ${conditionTitle(condition)} does not tell the engine which events to look at`,
    span: spanOfNode(condition, check),
    hint: 'write "evt.type in (…)"',
    ...(edits.length === 0 ? {} : { fix: { title: 'Use "in"', safe: true, edits } }),
  };
}
