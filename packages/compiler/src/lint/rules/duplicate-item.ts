// SPDX-License-Identifier: Apache-2.0
import { decodeText, type YamlScalar } from "@falcoc/parser";
import type { LintContext } from "../context.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { elementRemoval } from "../edit-sequence.ts";
import { ruleWith } from "../example.ts";
import { type Item, itemTitle, scalarsOf, spanOf } from "../items.ts";

const USE = ruleWith("evt.type = openat and proc.name in (readers)");

export const duplicateItem: LintRule = {
  code: "DUPLICATE_ITEM",
  summary: "A list has the same item twice.",
  rationale:
    "The second one changes nothing. It is either left over, or one of the two was meant to be something else. Where a condition uses `oneof`, which counts positions, the fix is not applied by itself.",
  avoid: `- list: readers\n  items: [cat, less, cat]\n${USE}`,
  prefer: `- list: readers\n  items: [cat, less]\n${USE}`,
  severity: "warning",
  group: null,
  *check(context) {
    for (const item of context.items) if (item.kind === "list") yield* duplicates(item, context);
  },
};

function* duplicates(item: Item, context: LintContext): Generator<LintFinding> {
  const first = new Map<string, YamlScalar>();
  for (const scalar of scalarsOf(item.node, "items")) {
    const earlier = first.get(scalar.text);
    if (earlier === undefined) {
      first.set(scalar.text, scalar);
      continue;
    }
    const edit = elementRemoval(item.file, scalar);
    yield {
      message: `"${decodeText(scalar.text)}" is there twice in ${itemTitle(item)}`,
      span: spanOf(item, scalar),
      related: [{ span: spanOf(item, earlier), message: "it is here already" }],
      ...(edit === null
        ? {}
        : { fix: { title: "Remove the second one", safe: !countsPositions(context), edits: [edit] } }),
    };
  }
}

/** Whether some condition tells one occurrence of a value from two. */
function countsPositions({ checks }: LintContext): boolean {
  return checks.some(({ check }) => check.kind === "check" && check.modifier === "oneof");
}
