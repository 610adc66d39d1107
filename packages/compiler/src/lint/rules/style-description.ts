// SPDX-License-Identifier: Apache-2.0
import { textOfScalar } from "../../load/mapped-text.ts";
import { placeBehind } from "../conditions.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";
import { itemTitle, scalarOf } from "../items.ts";

const CONDITION = "evt.type in (open, openat, openat2) and fd.name = /etc/shadow";

export const styleDescription: LintRule = {
  code: "STYLE_DESCRIPTION",
  summary: "A description does not end with a full stop.",
  rationale: "Descriptions are sentences. The style guide asks for a full stop at their end.",
  avoid: ruleWith(CONDITION, { desc: "Somebody reads the file of passwords" }),
  prefer: ruleWith(CONDITION, { desc: "Somebody reads the file of passwords." }),
  severity: "info",
  group: "style",
  *check({ items }) {
    for (const item of items) {
      const scalar = item.kind === "rule" && !item.changes ? scalarOf(item.node, "desc") : null;
      const text = scalar?.text.trimEnd() ?? "";
      if (scalar === null || text === "" || text.endsWith(".")) continue;
      const span = placeBehind(textOfScalar(item.file, scalar), text.length);
      yield {
        message: `the description of ${itemTitle(item)} does not end with a full stop`,
        span,
        ...(span === null
          ? {}
          : { fix: { title: "Add a full stop", safe: true, edits: [{ span, newText: "." }] } }),
      };
    }
  },
};
