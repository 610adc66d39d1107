// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import { printOperandText } from "../analyse/print-operand.ts";
import { type CheckExpr, type Literal, operandType } from "../ir/expr.ts";
import type { TestNode } from "./graph.ts";

/** Most literals of a list, and most operands of `and` and `or`, that are shown. */
const SHOWN_MAX = 6;
/** Deepest nesting that is shown. */
const DEPTH_MAX = 6;

/** A test in the language of conditions, for people to read: what is long or deep is left out. */
export function printTest(test: TestNode, depth = 0): string {
  if (depth > DEPTH_MAX) return "...";
  switch (test.kind) {
    case "constant":
      return String(test.value);
    case "and":
    case "or":
      return `(${shown(test.children, (child) => printTest(child, depth + 1), ` ${test.kind} `)})`;
    case "not":
      return `not ${printTest(test.child, depth + 1)}`;
    case "exactly-one":
      return `exactly one of (${shown(test.children, (child) => printTest(child, depth + 1), ", ")})`;
    case "exists":
      return `${printOperandText(test.expr.left)} exists`;
    case "check":
      return printCheck(test.expr);
    default:
      return test satisfies never;
  }
}

function printCheck({ left, operator, modifier, right }: CheckExpr): string {
  const relation = modifier === null ? operator : `${operator} ${modifier}`;
  return `${printOperandText(left)} ${relation} ${printRight(right, operandType(left) === "IPADDR")}`;
}

function printRight(right: CheckExpr["right"], isAddress: boolean): string {
  if (right.kind !== "literals") return printOperandText(right);
  const [only] = right.values;
  const print = (literal: Literal) => printLiteral(literal, isAddress);
  return right.values.length === 1 && only !== undefined
    ? print(only)
    : `(${shown(right.values, print, ", ")})`;
}

function printLiteral(literal: Literal, isAddress: boolean): string {
  if (typeof literal === "object") return `${bytesText(literal.address)}/${literal.prefix}`;
  if (typeof literal !== "string") return String(literal);
  return isAddress ? bytesText(literal) : JSON.stringify(decodeText(literal));
}

/** Four bytes with points between them, or the digits of more. */
function bytesText(bytes: string): string {
  const values = Array.from(bytes, (unit) => unit.charCodeAt(0));
  if (values.length === 4) return values.join(".");
  return values.map((value) => value.toString(16).padStart(2, "0")).join("");
}

function shown<T>(items: readonly T[], print: (item: T) => string, separator: string): string {
  const left = items.length - SHOWN_MAX;
  const texts = items.slice(0, SHOWN_MAX).map(print);
  return [...texts, ...(left > 0 ? [`... ${left} more`] : [])].join(separator);
}
