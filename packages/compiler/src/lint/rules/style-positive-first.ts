// SPDX-License-Identifier: Apache-2.0
import { conditionTitle, shownText, spanOfNode } from "../conditions.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const stylePositiveFirst: LintRule = {
  code: "STYLE_POSITIVE_FIRST",
  summary: "A part that asks for something stands behind one that excludes something.",
  rationale:
    "Conditions read best when they say what they are about first, and the exclusions stand at the end.",
  avoid: ruleWith("evt.type in (open, openat, openat2) and not proc.name = cat and fd.name = /etc/shadow"),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow and not proc.name = cat"),
  severity: "info",
  group: "style",
  *check({ conditions }) {
    for (const condition of conditions) {
      const { root } = condition;
      if (condition.kind !== "rule" || root.kind !== "and") continue;
      const exclusion = root.children.findIndex(({ kind }) => kind === "not");
      const late =
        exclusion < 0 ? undefined : root.children.slice(exclusion).find(({ kind }) => kind !== "not");
      if (late === undefined) continue;
      yield {
        message: `"${shownText(condition, late)}" of ${conditionTitle(condition)} stands behind an exclusion`,
        span: spanOfNode(condition, late),
      };
    }
  },
};
