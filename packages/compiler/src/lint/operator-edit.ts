// SPDX-License-Identifier: Apache-2.0
import type { BinaryCheck, TextEdit } from "@falcoc/parser";
import { type OwnCondition, placeBefore, placeBehind } from "./conditions.ts";

/**
 * The edit that gives a check another operator and another text on its right; null where it is not written in one
 * piece, or where the text would need quotes.
 */
export function operatorEdit(
  { text }: OwnCondition,
  { left, right }: BinaryCheck,
  replacement: { readonly operator: string; readonly text: string },
): readonly TextEdit[] | null {
  if (!/^[\w./:@-]+$/.test(replacement.text)) return null;
  const start = left.end + (/^\s*/.exec(text.text.slice(left.end))?.[0].length ?? 0);
  const [from, to] = [placeBefore(text, start), placeBehind(text, right.end)];
  if (from === null || to === null || from.path !== to.path || to.start - from.start !== right.end - start)
    return null;
  return [{ span: { ...from, end: to.end }, newText: `${replacement.operator} ${replacement.text}` }];
}
