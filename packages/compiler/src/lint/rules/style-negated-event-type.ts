// SPDX-License-Identifier: Apache-2.0
import { type BinaryCheck, visitCondition } from "@falcoc/parser";
import { conditionTitle, shownText, spanOfNode } from "../conditions.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const styleNegatedEventType: LintRule = {
  code: "STYLE_NEGATED_EVENT_TYPE",
  summary: "A condition says which types of events it is not about.",
  rationale:
    "Every type that is not excluded has to be delivered and looked at, those of later versions too.",
  avoid: ruleWith("evt.type in (open, openat, openat2) and evt.type != openat2"),
  prefer: ruleWith("evt.type in (open, openat)"),
  severity: "info",
  group: "style",
  *check({ conditions }) {
    for (const condition of conditions) {
      const negated: BinaryCheck[] = [];
      visitCondition(condition.root, {
        not: ({ child }) => {
          if (child.kind === "check" && comparesType(child)) negated.push(child);
          return undefined;
        },
        check: (check) => {
          if (comparesType(check) && check.operator === "!=") negated.push(check);
          return false;
        },
      });
      for (const check of negated) {
        yield {
          message: `${conditionTitle(condition)} excludes types of events with "${shownText(condition, check)}"`,
          span: spanOfNode(condition, check),
          hint: "name the types that it is about",
        };
      }
    }
  },
};

function comparesType({ left }: BinaryCheck): boolean {
  return left.kind === "field" && left.name === "evt.type";
}
