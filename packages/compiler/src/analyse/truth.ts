// SPDX-License-Identifier: Apache-2.0
import type { FieldValue } from "../program/index.ts";
import type { Formula, SomeStatement } from "./formula.ts";
import type { Model } from "./solve.ts";

/** What a formula comes to on an event of which a model tells a part; null when that does not decide it. */
export function truthOf(formula: Formula, model: Model): boolean | null {
  switch (formula.kind) {
    case "and":
    case "or": {
      const deciding = formula.kind === "or";
      let truth: boolean | null = !deciding;
      for (const child of formula.children) {
        const one = truthOf(child, model);
        if (one === deciding) return deciding;
        if (one === null) truth = null;
      }
      return truth;
    }
    case "not": {
      const truth = truthOf(formula.child, model);
      return truth === null ? null : !truth;
    }
    case "open":
      return formula.actual;
    case "exists": {
      const value = model.get(formula.variable);
      return value === undefined ? null : value !== null;
    }
    case "some": {
      const value = model.get(formula.variable);
      return value === undefined ? null : value !== null && someHolds(formula, value);
    }
    default:
      return formula satisfies never;
  }
}

function someHolds({ property, wanted }: SomeStatement, value: FieldValue): boolean {
  const values = typeof value === "object" ? value : [value];
  return values.some((one) => property.holds(one) === wanted);
}
