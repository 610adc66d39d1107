// SPDX-License-Identifier: Apache-2.0
import { type Condition, visitCondition } from "@falcoc/parser";

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

/** Deprecated fields on the left sides of a condition's checks, each once, in the engine's order. */
export function deprecatedFieldsOf(condition: Condition): readonly string[] {
  const found = new Set<string>();
  visitCondition(condition, {
    field: ({ name }) => {
      if (DEPRECATED_FIELDS.has(name)) found.add(name);
      return undefined;
    },
  });
  return [...DEPRECATED_FIELDS.keys()].filter((name) => found.has(name));
}

const NA_OPERATORS: ReadonlySet<string> = new Set(["=", "==", "!=", "in", "intersects", "pmatch"]);

/** Whether fields of audit events are compared with the text `<NA>`, which is not how missing values are found. */
export function comparesWithNa(condition: Condition): boolean {
  let found = false;
  visitCondition(condition, {
    check: (check) => {
      const texts = check.right.kind === "list" ? check.right.items : [check.right];
      const comparesNa = texts.some((text) => text.kind === "value" && text.text === "<NA>");
      if (!comparesNa || !NA_OPERATORS.has(check.operator)) return undefined;
      visitCondition(check.left, {
        field: ({ name }) => {
          found ||= name.startsWith("ka.") || name.startsWith("jevt.");
          return undefined;
        },
      });
      return undefined;
    },
  });
  return found;
}
