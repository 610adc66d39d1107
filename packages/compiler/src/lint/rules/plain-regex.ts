// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { conditionTitle, type OwnCheck, shownText, spanOfNode } from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { operatorEdit } from "../operator-edit.ts";
import { plainPattern } from "../plain-pattern.ts";

export const plainRegex: LintRule = {
  code: "PLAIN_REGEX",
  summary: "A regular expression that says no more than a plain comparison of texts.",
  rationale:
    "A regular expression costs many times what a comparison of texts does, and must be read twice. The engine warns of expressions without any special character; this also sees those in which every special character is escaped.",
  avoid: ruleWith("evt.type in (open, openat, openat2) and fd.filename regex id_rsa\\.pub"),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.filename = id_rsa.pub"),
  severity: "warning",
  group: null,
  *check({ checks }) {
    for (const own of checks) {
      const finding = plain(own);
      if (finding !== null) yield finding;
    }
  },
};

function plain({ condition, check }: OwnCheck): LintFinding | null {
  if (check.kind !== "check" || check.operator !== "regex" || check.modifier !== null) return null;
  if (check.right.kind !== "value") return null;
  const pattern = plainPattern(decodeText(check.right.text));
  if (pattern === null || pattern.warned) return null;
  const edits = operatorEdit(condition, check, pattern);
  return {
    message: `"${shownText(condition, check)}" in ${conditionTitle(condition)} needs no regular expression`,
    span: spanOfNode(condition, check),
    hint: `write "${shownText(condition, check.left)} ${pattern.operator} ${pattern.text}"`,
    ...(edits === null ? {} : { fix: { title: `Use "${pattern.operator}"`, safe: pattern.exact, edits } }),
  };
}
