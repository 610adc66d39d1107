// SPDX-License-Identifier: Apache-2.0
import type { BinaryOperator, ByteString, Modifier } from "@falcoc/parser";
import type { ValueType } from "../catalog/types.ts";
import type { FieldUse, ScalarValue, TransformCall } from "../program/index.ts";

/**
 * A checked condition: names are resolved, types agree, literals are parsed for the type they are compared with,
 * and what the engine does in its own way (see `check/lower-check.ts`) is spelled out. Plain immutable data.
 *
 * Every node carries `start` and `end`: half-open byte offsets into the text it was written in, which for nodes
 * that came from a macro is the macro's own condition.
 */
interface Node {
  readonly start: number;
  readonly end: number;
}

export type Expr = AndExpr | OrExpr | NotExpr | ExistsExpr | CheckExpr | NeverExpr;

export interface AndExpr extends Node {
  readonly kind: "and";
  readonly children: readonly Expr[];
}

export interface OrExpr extends Node {
  readonly kind: "or";
  readonly children: readonly Expr[];
}

export interface NotExpr extends Node {
  readonly kind: "not";
  readonly child: Expr;
}

/** Holds when the left side has a value. */
export interface ExistsExpr extends Node {
  readonly kind: "exists";
  readonly left: Operand;
}

/** `==` is `=` here. */
export type CheckOperator = Exclude<BinaryOperator, "==">;

/** False whenever either side has no value. */
export interface CheckExpr extends Node {
  readonly kind: "check";
  readonly operator: CheckOperator;
  readonly modifier: Modifier | null;
  readonly left: Operand;
  readonly right: Literals | Operand;
}

/** A check that no value satisfies, because the engine's own comparison of the field does not support it. */
export interface NeverExpr extends Node {
  readonly kind: "never";
  readonly left: Operand;
}

/** Values as written in the rule. Without modifier and set operator there is exactly one. */
export interface Literals {
  readonly kind: "literals";
  readonly values: readonly Literal[];
}

export type Literal = ScalarValue | Network;

export interface Network {
  readonly kind: "network";
  /** 4 or 16 bytes in network order; bits behind the prefix may have any value. */
  readonly address: ByteString;
  /** Number of leading bits that count. */
  readonly prefix: number;
}

/** Something that has a value on each event, or none. */
export type Operand = FieldOperand | TextOperand | ListOperand | TransformOperand;

export interface FieldOperand extends Node {
  readonly kind: "field";
  readonly field: FieldUse;
}

export interface TextOperand extends Node {
  readonly kind: "text";
  readonly text: ByteString;
}

/** Values in a row; elements that are lists give their own elements. */
export interface ListOperand extends Node {
  readonly kind: "list";
  readonly items: readonly Operand[];
}

export interface TransformOperand extends Node {
  readonly kind: "transform";
  readonly call: TransformCall;
  readonly isList: boolean;
  readonly args: readonly Operand[];
}

/** Type of an operand's value, or of its elements. */
export function operandType(operand: Operand): ValueType {
  switch (operand.kind) {
    case "field":
      return operand.field.type;
    case "transform":
      return operand.call.type;
    case "text":
    case "list":
      return "CHARBUF";
    default:
      return operand satisfies never;
  }
}

export function operandIsList(operand: Operand): boolean {
  switch (operand.kind) {
    case "field":
      return operand.field.isList;
    case "transform":
      return operand.isList;
    case "list":
      return true;
    case "text":
      return false;
    default:
      return operand satisfies never;
  }
}

/**
 * How a check's left value is tested: it itself ("one"), or the elements of the array that it is. "every" holds
 * for an empty array, "every-present" does not.
 */
export type Quantifier = "one" | "some" | "every" | "every-present";

export function quantifierOf({ operator, left }: CheckExpr): Quantifier {
  if (operandIsList(left)) return operator === "in" ? "every" : "some";
  const comparison = left.kind === "field" ? left.field.comparison : "value";
  switch (comparison) {
    case "value":
    case "around":
      return "one";
    case "endpoints":
      return operator === "!=" ? "every-present" : "some";
    case "ancestors":
      return "some";
    default:
      return comparison satisfies never;
  }
}
