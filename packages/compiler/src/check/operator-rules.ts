// SPDX-License-Identifier: Apache-2.0
import type { Modifier } from "@falcoc/parser";
import { scanInteger } from "../catalog/scan-integer.ts";
import type { ValueType } from "../catalog/types.ts";
import type { CheckOperator, Operand } from "../ir/expr.ts";
import { operatorDefinition, type ValueClass } from "../operators/index.ts";
import { type Fault, failure } from "./result.ts";
import { classOf, LIST_ELEMENT_TYPES } from "./value-types.ts";

/** How the engine's messages name a class; booleans count as numbers there. */
const CLASS_TEXTS: Readonly<Record<Exclude<ValueClass, "none">, string>> = {
  numeric: "numeric",
  bool: "numeric",
  string: "string",
  buffer: "buffer",
  ip: "ip address and network",
};

/** What is wrong with an operator on a left side of this type; null when nothing is. */
export function operatorFault(
  operator: CheckOperator,
  modifier: Modifier | null,
  type: ValueType,
  isList: boolean,
): Fault | null {
  const { classes, lists } = operatorDefinition(operator);
  const valueClass = classOf(type);
  if (isList) {
    if (!LIST_ELEMENT_TYPES.has(type)) return refused(`list filters are not supported for type '${type}'`);
    return lists && modifier === null ? null : refused(`'${operator}' operator not supported list filters`);
  }
  if (valueClass === "none") return refused(`'${operator}' operator not supported for type '${type}'`);
  if (classes.includes(valueClass)) return null;
  const withModifier = valueClass === "ip" && modifier !== null;
  const what = withModifier ? `'${operator}' with modifier` : `'${operator}' operator`;
  return refused(`${what} not supported for ${CLASS_TEXTS[valueClass]} filters`);
}

/** What is wrong with a comparison of a field that measures the distance from a time; null for other fields. */
export function aroundFault(operator: CheckOperator, left: Operand): Fault | null {
  if (left.kind !== "field" || left.field.comparison !== "around") return null;
  const { name, argument } = left.field;
  if (operator !== "=")
    return refused(`'${operator}' operator not supported for ${name}, which takes only '='`);
  return scanInteger(argument ?? "", 64, false) !== null
    ? null
    : refused(`${name} needs a time in nanoseconds in brackets`);
}

function refused(reason: string): Fault {
  return failure("wrong-operator", `filter error: ${reason}`).fault;
}
