// SPDX-License-Identifier: Apache-2.0
import type { Formula, Variable } from "./formula.ts";

/** Adds the variables of a formula to a set. */
export function variablesOf(root: Formula, variables: Set<Variable> = new Set()): Set<Variable> {
  const seen = new Set<Formula>();
  const open: Formula[] = [root];
  for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
    if (seen.has(formula)) continue;
    seen.add(formula);
    if ("children" in formula) open.push(...formula.children);
    else if (formula.kind === "not") open.push(formula.child);
    else if (formula.kind !== "open") variables.add(formula.variable);
  }
  return variables;
}
