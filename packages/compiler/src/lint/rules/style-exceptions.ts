// SPDX-License-Identifier: Apache-2.0
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { elementsOf, itemTitle, spanOfKey } from "../items.ts";

const CONDITION = "evt.type in (open, openat, openat2) and fd.name = /etc/shadow";
const EXCEPTIONS = "  exceptions:\n    - name: readers\n      fields: proc.name\n      values: [cat]\n";

export const styleExceptions: LintRule = {
  code: "STYLE_EXCEPTIONS",
  summary: "A rule defines exceptions.",
  rationale:
    "Rules that are given to others leave exceptions to them, and offer macros and lists to fill in.",
  avoid: ruleWith(CONDITION, { rest: EXCEPTIONS }),
  prefer: ruleWith(`${CONDITION} and not proc.name = cat`),
  severity: "info",
  group: "style",
  *check({ items }) {
    for (const item of items) {
      if (item.kind !== "rule" || item.changes || elementsOf(item.node, "exceptions").length === 0) continue;
      yield { message: `${itemTitle(item)} defines exceptions`, span: spanOfKey(item, "exceptions") };
    }
  },
};
