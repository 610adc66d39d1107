// SPDX-License-Identifier: Apache-2.0
import type { Code } from "../emit/code.ts";
import type { Constants } from "../emit/constants.ts";
import type { Literal } from "../ir/expr.ts";
import type { ScalarValue } from "../program/index.ts";

/** Groups of types that take the same operators. Types of "none" can only be tested for existence. */
export type ValueClass = "numeric" | "bool" | "string" | "buffer" | "ip" | "none";

/** What the literals of an operator are, where it is not simply the type of the left side. */
export type LiteralForm = "typed" | "hex" | "regex";

interface OperatorBase {
  /** Classes of the left side. */
  readonly classes: readonly ValueClass[];
  /** Whether list fields take it. */
  readonly lists: boolean;
  /** Whether the right side may be another field. */
  readonly fields: boolean;
  readonly literal: LiteralForm;
  /** Rough time of one test in ns, reading the left side aside. */
  readonly cost: number;
  /** Rough share of values that satisfy it. */
  readonly likelihood: number;
}

/** An operator that compares a value with one other. */
export interface Relation extends OperatorBase {
  readonly kind: "relation";
  /** The meaning, written down as plainly as possible. */
  evaluate(value: ScalarValue, right: Literal): boolean;
  /** Test against a literal; `value` is a name that holds a value. */
  emit(value: Code, right: Literal, constants: Constants): Code;
  /** Test whether it holds for any of many literals, where that is made for all of them at once. */
  readonly emitAny?: (value: Code, right: readonly Literal[], constants: Constants) => Code;
  /** Test against the value of another field; null where `fields` is false. */
  readonly emitBetween: ((value: Code, right: Code) => Code) | null;
}

/** An operator that compares a value with a set of others. */
export interface Membership extends OperatorBase {
  readonly kind: "membership";
  evaluate(value: ScalarValue, right: readonly Literal[]): boolean;
  emit(value: Code, right: readonly Literal[], constants: Constants): Code;
  /** Test against the values, scalar or list, of another field. */
  readonly emitBetween: ((value: Code, right: Code) => Code) | null;
}

export type OperatorDefinition = Relation | Membership;
