// SPDX-License-Identifier: Apache-2.0
import { decodeText, visitCondition } from "@falcoc/parser";
import { EVENTS, KERNEL_SOURCE } from "../../catalog/index.ts";
import { spanOfText } from "../../load/mapped-text.ts";
import type { LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const styleUnrelatedEventTypes: LintRule = {
  code: "STYLE_UNRELATED_EVENT_TYPES",
  summary: "A rule is about types of events that have nothing to do with each other.",
  rationale: "Two rules say better what they are about, and each is tested on fewer events.",
  avoid: ruleWith("evt.type in (openat, connect) and proc.name = cat"),
  prefer: ruleWith("evt.type in (open, openat) and proc.name = cat"),
  severity: "info",
  group: "style",
  *check({ compiled }) {
    for (const { entry, condition } of compiled.loaded.active?.rules ?? []) {
      if (entry.source !== KERNEL_SOURCE) continue;
      const names = new Set<string>();
      visitCondition(condition, {
        not: () => false,
        check: ({ left, right }) => {
          if (left.kind !== "field" || left.name !== "evt.type" || right.kind === "transformer") return false;
          for (const { text } of right.kind === "list" ? right.items : [right]) names.add(decodeText(text));
          return false;
        },
      });
      const kinds = new Set([...names].flatMap((name) => categoryOf(name) ?? []));
      if (kinds.size < 2) continue;
      yield {
        message: `rule "${decodeText(entry.name)}" is about events of several kinds: ${[...kinds].join(", ")}`,
        span: spanOfText(entry.condition, 0, entry.condition.text.length),
      };
    }
  },
};

function categoryOf(name: string): string | null {
  const category = EVENTS.find((event) => event.name === name && !event.old)?.category ?? "other";
  return category === "other" ? null : category.replace(/^io_.*/, "io");
}
