// SPDX-License-Identifier: Apache-2.0
import type { Span } from "@falcoc/parser";
import type { Formula } from "../analyse/formula.ts";
import type { Expr } from "../ir/expr.ts";
import type { ExceptionPart } from "../load/collection.ts";
import { spanOfText } from "../load/mapped-text.ts";
import type { ExceptionMeaning, Meaning } from "./meaning.ts";

/** An exception, or one entry of its values. */
export interface ExceptionRow {
  readonly expr: Expr;
  readonly formula: Formula;
  readonly span: Span | null;
}

/** The entries of an exception's values, each as a test of its own; none when they cannot be told apart. */
export function exceptionRows(
  { entry, expr }: ExceptionMeaning,
  { formulas }: Meaning,
): readonly ExceptionRow[] {
  const count = entry.values.length;
  const parts = count > 1 ? partsOf(expr) : [];
  if (parts.length !== count) return [];
  return parts.map((part, index) => ({
    expr: part,
    formula: formulas.of(part),
    span: spanOfPart(entry.values[index]!),
  }));
}

/** The exception as a whole, at its first value. */
export function wholeException({ entry, expr, formula }: ExceptionMeaning): ExceptionRow {
  const [first] = entry.values;
  const { file, mark } = entry.context;
  const span = first === undefined ? null : spanOfPart(first);
  return { expr, formula, span: span ?? file.span(mark.offset, mark.offset) };
}

/** Rows stand in an `or`; values of one field in one list. */
function partsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === "or") return expr.children;
  if (expr.kind !== "check" || expr.right.kind !== "literals" || !SPLITTABLE.has(expr.operator)) return [];
  return expr.right.values.map((value) => ({ ...expr, right: { kind: "literals", values: [value] } }));
}

const SPLITTABLE: ReadonlySet<string> = new Set(["in", "intersects", "pmatch"]);

function spanOfPart(part: ExceptionPart): Span | null {
  if (part.kind === "text") return spanOfText(part.text, 0, part.text.text.length);
  for (const one of part.parts) {
    const span = spanOfPart(one);
    if (span !== null) return span;
  }
  return null;
}
