// SPDX-License-Identifier: Apache-2.0
import { type Condition, decodeText } from "@falcoc/parser";
import { KERNEL_SOURCE } from "../../catalog/index.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const styleEventTypeFirst: LintRule = {
  code: "STYLE_EVENT_TYPE_FIRST",
  summary: "A condition does not begin with the type of the event.",
  rationale: "Which events a rule is about is what a reader wants to know first.",
  avoid: ruleWith("fd.name = /etc/shadow and evt.type in (open, openat, openat2)"),
  prefer: ruleWith("evt.type in (open, openat, openat2) and fd.name = /etc/shadow"),
  severity: "info",
  group: "style",
  *check({ compiled }) {
    for (const { entry, condition } of compiled.loaded.active?.rules ?? []) {
      if (entry.source !== KERNEL_SOURCE || asksForType(firstLeaf(condition))) continue;
      yield {
        message: `the condition of rule "${decodeText(entry.name)}" does not begin with evt.type`,
        span: spanOfText(entry.condition, 0, 1),
      };
    }
  },
};

/** The check or negation that stands first, macros put in. */
function firstLeaf(condition: Condition): Condition {
  let node = condition;
  while (node.kind === "and" || node.kind === "or") node = node.children[0]!;
  return node;
}

function asksForType(node: Condition): boolean {
  if (node.kind !== "check" || node.left.kind !== "field") return false;
  return (node.left.name === "evt.type" || node.left.name === "syscall.type") && node.operator !== "!=";
}
