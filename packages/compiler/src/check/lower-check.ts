// SPDX-License-Identifier: Apache-2.0
import type { Modifier } from "@falcoc/parser";
import { scanInteger } from "../catalog/scan-integer.ts";
import {
  type CheckExpr,
  type CheckOperator,
  type Expr,
  type FieldOperand,
  type Literal,
  type Literals,
  type Operand,
  operandIsList,
  operandType,
} from "../ir/expr.ts";
import { canonicalInteger } from "../program/index.ts";
import { classOf, isNetworkType } from "./value-types.ts";

/** Parts of a check whose types agree. */
export interface CheckParts {
  readonly start: number;
  readonly end: number;
  readonly operator: CheckOperator;
  readonly modifier: Modifier | null;
  readonly left: Operand;
  readonly right: Literals | Operand;
}

/**
 * Gives a check its meaning. Most mean what they say; the rest is what the engine does in a way of its own, so
 * that neither the interpreter nor the emitter need to know about it:
 * - fields that compare themselves, raw arguments among them, ignore modifiers: only the first listed value counts, with the base operator;
 * - set operators never hold on `fd.ip`, on raw arguments other than texts, on the numbers of ancestors; `fd.net
 *   in` sees the first network only; `intersects` (which the engine refuses when it runs) never holds on endpoints;
 * - for networks `= anyof` never holds and `!= allof` always does when there is a value;
 * - texts of a list, and texts on the right of a set operator, are one byte longer after a transformer, and so equal
 *   none that were not transformed too.
 */
export function lowerCheck(parts: CheckParts): Expr {
  const { left, right } = parts;
  const comparison = left.kind === "field" ? left.field.comparison : "value";
  if (comparison === "around") return lowerAround(parts, left as FieldOperand);
  if (comparison !== "value") return lowerOwnComparison(parts, comparison);
  if (isSetOperator(parts.operator)) return lowerSet(parts);
  if (parts.modifier !== null && isRawArgument(left) && right.kind === "literals")
    return firstOnly(parts, right);
  if (parts.modifier !== null && isNetworkType(operandType(left)) && right.kind === "literals") {
    return lowerNetworks(parts, right);
  }
  return check(parts);
}

/** The time of the event lies within so many milliseconds of the time in brackets. */
function lowerAround(parts: CheckParts, left: FieldOperand): Expr {
  const { start, end, right } = parts;
  const center = scanInteger(left.field.argument ?? "", 64, false) ?? 0n;
  const [milliseconds] = right.kind === "literals" ? right.values : [];
  if (milliseconds === undefined) return never(parts);
  const distance = BigInt(milliseconds as number | bigint) * 1_000_000n;
  const bound = (operator: CheckOperator, time: bigint): Expr =>
    check({ start, end, operator, modifier: null, left, right: literals([canonicalInteger(time)]) });
  const children = [bound(">=", center - distance), bound("<=", center + distance)];
  return { kind: "and", start, end, children };
}

function lowerOwnComparison(parts: CheckParts, comparison: "endpoints" | "ancestors"): Expr {
  const { operator, left, right } = parts;
  if (right.kind !== "literals") return check(parts);
  const valueClass = classOf(operandType(left));
  if (isSetOperator(operator)) {
    if (comparison === "ancestors") return valueClass === "string" ? check(parts) : never(parts);
    if (operator === "intersects") return never(parts);
    if (valueClass !== "ip") return check(parts);
    return isNetworkType(operandType(left)) ? firstOnly(parts, right) : never(parts);
  }
  return parts.modifier === null ? check(parts) : firstOnly(parts, right);
}

function firstOnly(parts: CheckParts, { values }: Literals): Expr {
  if (values.length === 0) return never(parts);
  return check({ ...parts, modifier: null, right: literals(values.slice(0, 1)) });
}

function isRawArgument(operand: Operand): boolean {
  return operand.kind === "field" && operand.field.name === "evt.rawarg";
}

function lowerSet(parts: CheckParts): Expr {
  const { operator, left, right } = parts;
  if (operator === "pmatch") return check(parts);
  const isText = classOf(operandType(left)) === "string";
  if (isRawArgument(left) && !isText) return never(parts);
  const isList = operandIsList(left);
  const leftIsLonger = isList && isLonger(left);
  const rightIsLonger = right.kind !== "literals" && isLonger(right);
  if (leftIsLonger === rightIsLonger) return check(parts);
  return isList ? check({ ...parts, right: literals([]) }) : never(parts);
}

/** Whether the engine counts a closing NUL into the length of a transformed text. */
function isLonger(operand: Operand): boolean {
  return (
    operand.kind === "transform" && LENGTHENING.has(operand.call.name) && operand.call.type !== "BYTEBUF"
  );
}

const LENGTHENING: ReadonlySet<string> = new Set(["tolower", "toupper", "b64", "basename"]);

function lowerNetworks(parts: CheckParts, right: Literals): Expr {
  const { start, end, operator, modifier, left } = parts;
  if (operator === "=" && modifier === "anyof") return never(parts);
  if (operator === "!=" && modifier === "allof" && right.values.length > 0) {
    return { kind: "exists", start, end, left };
  }
  return check(parts);
}

function isSetOperator(operator: CheckOperator): boolean {
  return operator === "in" || operator === "intersects" || operator === "pmatch";
}

function literals(values: readonly Literal[]): Literals {
  return { kind: "literals", values };
}

function check(parts: CheckParts): CheckExpr {
  return { kind: "check", ...parts };
}

function never({ start, end, left }: CheckParts): Expr {
  return { kind: "never", start, end, left };
}
