// SPDX-License-Identifier: Apache-2.0
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { itemTitle, spanOfKey } from "../items.ts";

const GOOD = ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow");

export const styleKeyOrder: LintRule = {
  code: "STYLE_KEY_ORDER",
  summary: "The keys of a rule are not in the usual order.",
  rationale:
    "Rules are easier to compare when name, description, condition, output, priority and tags follow in this order.",
  avoid: GOOD.replace(/( {2}output: .*\n)( {2}priority: .*\n)/, "$2$1"),
  prefer: GOOD,
  severity: "info",
  group: "style",
  *check({ items }) {
    for (const item of items) {
      if (item.kind !== "rule" || item.changes) continue;
      const keys = item.node.entries.flatMap(({ key }) => (key.kind === "scalar" ? [key.text] : []));
      const found = keys.filter((key) => ORDER.includes(key));
      const late = found.find((key, i) => i > 0 && ORDER.indexOf(key) < ORDER.indexOf(found[i - 1] ?? ""));
      if (late === undefined) continue;
      yield {
        message: `"${late}" of ${itemTitle(item)} stands behind keys that usually follow it`,
        span: spanOfKey(item, late),
        hint: `the usual order is ${ORDER.join(", ")}`,
      };
    }
  },
};

const ORDER = ["rule", "desc", "condition", "output", "priority", "tags"];
