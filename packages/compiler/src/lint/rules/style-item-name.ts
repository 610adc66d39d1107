// SPDX-License-Identifier: Apache-2.0
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { itemTitle, spanOfItemName } from "../items.ts";

const exampleWith = (name: string): string =>
  `- list: ${name}\n  items: [cat, less]\n${ruleWith(`evt.type in (open, openat, openat2) and proc.name in (${name})`)}`;

export const styleItemName: LintRule = {
  code: "STYLE_ITEM_NAME",
  summary: "The name of a macro or list is not in small letters with underscores.",
  rationale: "Names of one form are easier to tell from fields and values, and to remember.",
  avoid: exampleWith("fileReaders"),
  prefer: exampleWith("file_readers"),
  severity: "info",
  group: "style",
  *check({ items }) {
    for (const item of items) {
      if ((item.kind !== "macro" && item.kind !== "list") || item.changes) continue;
      if (/^[a-z0-9]+(_[a-z0-9]+)*_?$/.test(item.name)) continue;
      const words = item.name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
      yield {
        message: `the name of ${itemTitle(item)} is not in small letters with underscores`,
        span: spanOfItemName(item),
        hint: `for example "${words.toLowerCase()}"`,
      };
    }
  },
};
