// SPDX-License-Identifier: Apache-2.0
import type { BinaryCheck } from "@falcoc/parser";
import { scanInteger } from "../catalog/scan-integer.ts";

/**
 * Whether a check on `evt.num` always or never holds because the number of an event is at least 1; null when it
 * depends on the event, when a literal is no integer, and for every other check.
 */
export function eventNumberBound(check: BinaryCheck): "always" | "never" | null {
  const { left, right, operator, modifier } = check;
  if (left.kind !== "field" || left.name !== "evt.num" || left.argument !== null || modifier !== null)
    return null;
  if (right.kind === "transformer") return null;
  if (operator === "in") {
    const items = right.kind === "list" ? right.items : [right];
    return items.every((item) => scanInteger(item.text, 64, false) === 0n) ? "never" : null;
  }
  const number = right.kind === "value" ? scanInteger(right.text, 64, false) : null;
  if (number === null) return null;
  switch (operator) {
    case "=":
    case "==":
    case "<=":
      return number === 0n ? "never" : null;
    case "<":
      return number <= 1n ? "never" : null;
    case "!=":
    case ">":
      return number === 0n ? "always" : null;
    case ">=":
      return number <= 1n ? "always" : null;
    default:
      return null;
  }
}
