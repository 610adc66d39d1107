// SPDX-License-Identifier: Apache-2.0
import { type BinaryCheck, type Condition, type ExistsCheck, visitCondition } from "@falcoc/parser";

const NOT_AVAILABLE = "field is not available due to the drop of enter events.";

/** Fields that lost their meaning with the events of entering a system call, in the engine's order, and its words. */
export const DEPRECATED_FIELDS: ReadonlyMap<string, string> = new Map([
  [
    "evt.dir",
    "due to the drop of enter events, 'evt.dir = <' always evaluates to true, and 'evt.dir = >' always evaluates to false. The rule expression can be simplified by removing the condition on 'evt.dir'",
  ],
  ["evt.latency", NOT_AVAILABLE],
  ["evt.latency.s", NOT_AVAILABLE],
  ["evt.latency.ns", NOT_AVAILABLE],
  ["evt.latency.human", NOT_AVAILABLE],
  ["evt.wait_latency", NOT_AVAILABLE],
]);

/** What a look at the fields of a condition finds. */
export interface FieldWarnings {
  /** Fields of audit events are compared with the text `<NA>`, which is not how missing values are found. */
  readonly comparesNa: boolean;
  /** Deprecated fields on left sides, each once, in the engine's order. */
  readonly deprecated: readonly string[];
}

const NA_OPERATORS: ReadonlySet<string> = new Set(["=", "==", "!=", "in", "intersects", "pmatch"]);

export function fieldWarnings(condition: Condition): FieldWarnings {
  let comparesNa = false;
  const found = new Set<string>();
  const enter = (check: BinaryCheck | ExistsCheck): false => {
    const isNa = check.kind === "check" && NA_OPERATORS.has(check.operator) && hasNa(check.right);
    visitCondition(check.left, {
      field: ({ name }) => {
        if (DEPRECATED_FIELDS.has(name)) found.add(name);
        if (isNa && (name.startsWith("ka.") || name.startsWith("jevt."))) comparesNa = true;
        return undefined;
      },
    });
    return false;
  };
  visitCondition(condition, { check: enter, exists: enter });
  return { comparesNa, deprecated: [...DEPRECATED_FIELDS.keys()].filter((name) => found.has(name)) };
}

function hasNa(right: BinaryCheck["right"]): boolean {
  if (right.kind === "list") return right.items.some(({ text }) => text === "<NA>");
  return right.kind === "value" && right.text === "<NA>";
}
