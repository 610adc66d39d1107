// SPDX-License-Identifier: Apache-2.0
import { type And, type Or, type Span, visitCondition } from "@falcoc/parser";
import {
  conditionTitle,
  type OwnCondition,
  placeBefore,
  placeBehind,
  shownText,
  spanOfNode,
} from "../conditions.ts";
import type { LintFinding, LintRule } from "../define.ts";
import { ruleWith } from "../example.ts";

export const mixedAndOr: LintRule = {
  code: "MIXED_AND_OR",
  summary: "`and` and `or` stand side by side without parentheses.",
  rationale:
    "`and` binds tighter than `or`, so `a or b and c` means `a or (b and c)`. Many readers, and some writers, take it for `(a or b) and c`. The same happens when text is appended to a condition that ends in alternatives. Parentheses say which one is meant; the fix puts them where the engine sees them.",
  avoid: ruleWith(
    "evt.type = openat and fd.name = /etc/shadow or evt.type in (open, openat2) and fd.name = /etc/shadow",
  ),
  prefer: ruleWith(
    "(evt.type = openat and fd.name = /etc/shadow) or (evt.type in (open, openat2) and fd.name = /etc/shadow)",
  ),
  severity: "warning",
  group: null,
  *check({ conditions }) {
    for (const condition of conditions) {
      const mixed: [or: Or, bare: And[]][] = [];
      visitCondition(condition.root, {
        or: (node) => {
          const bare = node.children.filter(
            (child) => child.kind === "and" && !isInParentheses(child, condition),
          );
          if (bare.length > 0) mixed.push([node, bare as And[]]);
          return undefined;
        },
      });
      for (const [or, bare] of mixed) yield finding(condition, or, bare);
    }
  },
};

/** A part between connectives has parentheses of its own when one stands at each of its ends. */
function isInParentheses({ start, end }: And, { text }: OwnCondition): boolean {
  return (
    text.text.slice(0, start).trimEnd().endsWith("(") && text.text.slice(end).trimStart().startsWith(")")
  );
}

function finding(condition: OwnCondition, or: Or, bare: readonly And[]): LintFinding {
  const [first] = bare as readonly [And];
  const edits = bare.flatMap((and) => {
    const [open, close] = [placeBefore(condition.text, and.start), placeBehind(condition.text, and.end)];
    return open === null || close === null ? [] : [insertion(open, "("), insertion(close, ")")];
  });
  const isWhole = edits.length === 2 * bare.length && new Set(edits.map(({ span }) => span.path)).size === 1;
  return {
    message: `"and" and "or" are mixed without parentheses in ${conditionTitle(condition)}: "${shownText(condition, first)}" is one alternative of the "or"`,
    span: spanOfNode(condition, first),
    hint: `put parentheses around what belongs together; now it means "${alternatives(condition, or)}"`,
    ...(isWhole ? { fix: { title: "Put parentheses where the engine sees them", safe: true, edits } } : {}),
  };
}

function insertion(span: Span, newText: string) {
  return { span, newText };
}

/** Longest alternative that the hint shows, in characters. */
const HINT_PART_MAX = 240;

function alternatives(condition: OwnCondition, { children }: Or): string {
  return children.map((child) => `(${shownText(condition, child, HINT_PART_MAX)})`).join(" or ");
}
