// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { itemTitle, scalarsOf, spanOf } from "../items.ts";

const CONDITION = "evt.type in (open, openat, openat2) and fd.name = /etc/shadow";

export const styleTagOrder: LintRule = {
  code: "STYLE_TAG_ORDER",
  summary: "Tags are not in the usual order.",
  rationale:
    "The style guide asks for the maturity first, then the workloads (host, container), then kinds, then tactics and techniques of MITRE ATT&CK, then standards such as PCI DSS.",
  avoid: ruleWith(CONDITION, { rest: "  tags: [host, maturity_stable, T1555, mitre_credential_access]\n" }),
  prefer: ruleWith(CONDITION, { rest: "  tags: [maturity_stable, host, mitre_credential_access, T1555]\n" }),
  severity: "info",
  group: "style",
  *check({ items }) {
    for (const item of items) {
      if (item.kind !== "rule") continue;
      const tags = scalarsOf(item.node, "tags");
      const ranks = tags.map(({ text }) => rankOf(decodeText(text)));
      const index = ranks.findIndex((rank, i) => i > 0 && rank < (ranks[i - 1] ?? 0));
      const tag = tags[index];
      if (tag === undefined) continue;
      yield {
        message: `tag "${decodeText(tag.text)}" of ${itemTitle(item)} stands behind tags that usually follow it`,
        span: spanOf(item, tag),
        hint: "the usual order is maturity, host and container, kinds, tactics, techniques, standards",
      };
    }
  },
};

const GROUPS = [
  /^maturity_/,
  /^(host|container)$/,
  /^(?!mitre_|TA?\d|PCI_|NIST_)/,
  /^mitre_/,
  /^TA?\d/,
  /^(PCI|NIST)_/,
];

function rankOf(tag: string): number {
  return GROUPS.findIndex((group) => group.test(tag));
}
