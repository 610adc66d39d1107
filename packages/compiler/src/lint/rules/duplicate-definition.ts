// SPDX-License-Identifier: Apache-2.0
import { lookup } from "@falcoc/parser";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { type Item, itemTitle, spanOfItemName } from "../items.ts";

const FIRST = ruleWith("evt.type = openat and fd.name = /etc/shadow");
const SECOND = ruleWith("evt.type = openat and fd.name = /etc/gshadow");

export const duplicateDefinition: LintRule = {
  code: "DUPLICATE_DEFINITION",
  summary: "A file defines a rule, macro or list twice under one name.",
  rationale:
    "The later definition replaces the earlier one wholly, in silence. In a file of one's own that is how rules of others are replaced; in one and the same file it is a slip.",
  avoid: FIRST + SECOND,
  prefer: FIRST + SECOND.replace("Password file read\n", "Group password file read\n"),
  severity: "warning",
  group: null,
  *check({ items }) {
    const earlier = new Map<string, Item>();
    for (const item of items) {
      if (item.changes || !isDefinition(item)) continue;
      const key = `${item.file.source.path}\n${item.kind}\n${item.name}`;
      const before = earlier.get(key);
      earlier.set(key, item);
      if (before === undefined) continue;
      yield {
        message: `${itemTitle(item)} is defined twice in this file: the first definition is lost`,
        span: spanOfItemName(item),
        related: [{ span: spanOfItemName(before), message: "the first definition" }],
        hint: 'rename one, or change the first with "override"',
      };
    }
  },
};

/** A rule without a condition only switches an earlier one on or off. */
function isDefinition({ kind, node }: Item): boolean {
  if (kind === "rule") return lookup(node, "condition") !== null;
  return kind === "macro" || kind === "list";
}
