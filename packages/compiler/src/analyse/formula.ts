// SPDX-License-Identifier: Apache-2.0
import type { Modifier } from "@falcoc/parser";
import type { ValueType } from "../catalog/types.ts";
import type { CheckOperator, Literal, Operand } from "../ir/expr.ts";
import type { ScalarValue } from "../program/index.ts";

/**
 * The logic of a condition: which statements about single values it is made of. Equal formulas are one object, so
 * that their `id` tells them apart. What the analysis does not follow is an open statement, which may be true or
 * false on any event: then nothing false can be proved, only less.
 */
export type Formula = Junction | Negation | Statement;

export interface Junction {
  readonly kind: "and" | "or";
  readonly id: number;
  /** None at all: an `and` that always holds, an `or` that never does. */
  readonly children: readonly Formula[];
}

export interface Negation {
  readonly kind: "not";
  readonly id: number;
  readonly child: Formula;
}

export type Statement = ExistsStatement | SomeStatement | OpenStatement;

/** The variable has a value. */
export interface ExistsStatement {
  readonly kind: "exists";
  readonly id: number;
  readonly variable: Variable;
}

/** The variable's value, or one of its values, has a property (or lacks it, where it is not `wanted`). */
export interface SomeStatement extends Requirement {
  readonly kind: "some";
  readonly id: number;
  readonly variable: Variable;
}

export interface OpenStatement {
  readonly kind: "open";
  readonly id: number;
  /** What it comes to on every event, where that is known: rules keep such checks as places to fill in. */
  readonly actual: boolean | null;
}

/** A field or transformed field: what an event can have a value for. */
export interface Variable {
  /** Its text in a condition. */
  readonly key: string;
  readonly operand: Operand;
  readonly type: ValueType;
  /** Whether it has several values at once: lists, both ends of a connection, all ancestors. */
  readonly several: boolean;
}

/** Something that a single value has or has not. */
export interface Property {
  readonly key: string;
  /** `in` for every comparison with given values; "any" for what every value has. */
  readonly operator: CheckOperator | "any";
  readonly modifier: Modifier | null;
  readonly values: readonly Literal[];
  holds(value: ScalarValue): boolean;
}

export interface Requirement {
  readonly property: Property;
  readonly wanted: boolean;
}

/** Whether the variable is the type of the event, which every event has. */
export function isEventType({ operand }: Variable): boolean {
  return operand.kind === "field" && EVENT_TYPE_FIELDS.has(operand.field.name);
}

const EVENT_TYPE_FIELDS: ReadonlySet<string> = new Set(["evt.type", "syscall.type"]);
