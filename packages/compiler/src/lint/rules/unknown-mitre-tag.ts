// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { didYouMean } from "../../suggest.ts";
import { ATTACK_TACTICS, attackTactic, attackTechnique } from "../attack.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { itemTitle, scalarsOf, spanOf } from "../items.ts";

const CONDITION = "evt.type in (open, openat, openat2) and fd.name = /etc/shadow";

export const unknownMitreTag: LintRule = {
  code: "UNKNOWN_MITRE_TAG",
  summary: "A tag looks like a tactic or a technique of MITRE ATT&CK, and there is none of that name.",
  rationale:
    "Tags such as `mitre_persistence` and `T1059.004` are how alerts are counted by tactic and technique. A mistyped one, or one that ATT&CK has withdrawn, is missing from every such count. Numbers a little above those that are known are let pass, as ATT&CK grows.",
  avoid: ruleWith(CONDITION, { rest: "  tags: [mitre_credentials_access, T1555]\n" }),
  prefer: ruleWith(CONDITION, { rest: "  tags: [mitre_credential_access, T1555]\n" }),
  severity: "warning",
  group: null,
  *check({ items }) {
    for (const item of items) {
      if (item.kind !== "rule") continue;
      for (const scalar of scalarsOf(item.node, "tags")) {
        const problem = problemOf(decodeText(scalar.text));
        if (problem === null) continue;
        yield {
          ...problem,
          message: `${problem.message}, a tag of ${itemTitle(item)}`,
          span: spanOf(item, scalar),
        };
      }
    }
  },
};

function problemOf(tag: string): { readonly message: string; readonly hint?: string | undefined } | null {
  if (tag.startsWith("mitre_")) {
    const tactics = ATTACK_TACTICS.map(({ name }) => `mitre_${name}`);
    if (tactics.includes(tag)) return null;
    const hint = didYouMean(tag, tactics) ?? `tactics are ${tactics.join(", ")}`;
    return { message: `MITRE ATT&CK has no tactic "${tag}"`, hint };
  }
  const [id = ""] = tag.split("-");
  if (/^TA[0-9]+$/.test(id)) {
    return attackTactic(id) ? null : { message: `MITRE ATT&CK has no tactic "${id}"` };
  }
  if (!/^T[0-9]+(\.[0-9]+)*$/.test(id)) return null;
  if (!/^T[0-9]{4}(\.[0-9]{3})?$/.test(id)) {
    const hint = "technique ids have the form T1234 or T1234.001";
    return { message: `"${id}" is no technique of MITRE ATT&CK`, hint };
  }
  return attackTechnique(id) ? null : { message: `MITRE ATT&CK has no technique "${id}"` };
}
