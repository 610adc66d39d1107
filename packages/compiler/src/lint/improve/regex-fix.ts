// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { spanOfNode } from "../conditions.ts";
import { operatorEdit } from "../operator-edit.ts";
import { plainPattern } from "../plain-pattern.ts";
import type { Improve } from "./improve.ts";

/** The engine says that a regular expression needs none, but not what to write. */
export const regexFix: Improve = ({ span }, { checks }) => {
  for (const { condition, check } of checks) {
    if (check.kind !== "check" || check.operator !== "regex" || check.modifier !== null) continue;
    if (check.right.kind !== "value") continue;
    const own = spanOfNode(condition, check.right);
    if (own === null || own.path !== span?.path || own.start !== span.start) continue;
    const pattern = plainPattern(decodeText(check.right.text));
    if (pattern === null) return null;
    const hint = `write "${pattern.operator} ${pattern.text}"`;
    const edits = operatorEdit(condition, check, pattern);
    if (edits === null) return { hint };
    return { hint, fix: { title: `Use "${pattern.operator}"`, safe: pattern.exact, edits } };
  }
  return null;
};
