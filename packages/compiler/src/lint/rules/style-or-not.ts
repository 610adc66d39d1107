// SPDX-License-Identifier: Apache-2.0
import { type Not, visitCondition } from "@falcoc/parser";
import { conditionTitle, shownText, spanOfNode } from "../conditions.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const styleOrNot: LintRule = {
  code: "STYLE_OR_NOT",
  summary: "An alternative is a negation.",
  rationale:
    "The style guide keeps `or` for positive alternatives: a negated one matches nearly every event.",
  avoid: ruleWith("evt.type in (open, openat, openat2) and (fd.name = /etc/shadow or not proc.name = cat)"),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow and not proc.name = cat"),
  severity: "info",
  group: "style",
  *check({ conditions }) {
    for (const condition of conditions) {
      const negated: Not[] = [];
      visitCondition(condition.root, {
        or: ({ children }) => {
          negated.push(...children.filter((child) => child.kind === "not"));
          return undefined;
        },
      });
      for (const node of negated) {
        yield {
          message: `"${shownText(condition, node)}" is a negated alternative in ${conditionTitle(condition)}`,
          span: spanOfNode(condition, node),
        };
      }
    }
  },
};
