// SPDX-License-Identifier: Apache-2.0
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { itemTitle, spanOfItemName } from "../items.ts";

const CONDITION = "evt.type in (open, openat, openat2) and fd.name = /etc/shadow";

export const styleRuleName: LintRule = {
  code: "STYLE_RULE_NAME",
  summary: "The name of a rule does not begin with a capital letter.",
  rationale: "Names of rules are titles of alerts. The style guide asks for a capital at their start.",
  avoid: ruleWith(CONDITION, { name: "password file read" }),
  prefer: ruleWith(CONDITION, { name: "Password file read" }),
  severity: "info",
  group: "style",
  *check({ items }) {
    for (const item of items) {
      if (item.kind !== "rule" || item.changes || !/^\p{Ll}/u.test(item.name)) continue;
      yield {
        message: `the name of ${itemTitle(item)} begins with a small letter`,
        span: spanOfItemName(item),
      };
    }
  },
};
