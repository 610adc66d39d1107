// SPDX-License-Identifier: Apache-2.0
import { lookup } from "@falcoc/parser";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { itemTitle, spanOf, textOf } from "../items.ts";

const CONDITION = "evt.type in (open, openat, openat2) and fd.name = /etc/shadow";

export const stylePriority: LintRule = {
  code: "STYLE_PRIORITY",
  summary: "A rule has the priority DEBUG.",
  rationale: "Rules are to have at least the priority INFO: what is less urgent is no alert.",
  avoid: ruleWith(CONDITION, { priority: "DEBUG" }),
  prefer: ruleWith(CONDITION, { priority: "INFO" }),
  severity: "info",
  group: "style",
  *check({ items }) {
    for (const item of items) {
      const value = item.kind === "rule" ? lookup(item.node, "priority") : null;
      if (value === null || !/^debug$/i.test(textOf(item.node, "priority"))) continue;
      yield {
        message: `${itemTitle(item)} has the priority DEBUG`,
        span: spanOf(item, value),
        hint: "use INFO at least",
      };
    }
  },
};
