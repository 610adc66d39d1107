// SPDX-License-Identifier: Apache-2.0
import type { Formula, Variable } from "./formula.ts";
import { type Goal, solve } from "./solve.ts";

/** Why goals cannot be reached together, as shortly as it can be said. */
export interface Explanation {
  /** Indices of the goals that suffice: leaving out any one of them leaves no proof. */
  readonly core: readonly number[];
  /** The one variable whose values rule it out; null when no value matters. */
  readonly variable: Variable | null;
}

/**
 * Explains why no event reaches all goals; null when there is no proof, or none that is simple enough to be told:
 * one that needs to look at the values of one variable at most.
 */
export function explainContradiction(goals: readonly Goal[]): Explanation | null {
  if (solve(goals).kind !== "none") return null;
  let core = goals.map((_, index) => index);
  for (let index = 0; index < goals.length; index++) {
    const fewer = core.filter((other) => other !== index);
    if (solve(fewer.map((one) => goals[one]!)).kind === "none") core = fewer;
  }
  const kept = core.map((index) => goals[index]!);
  const variables = kept.reduce((all, { formula }) => variablesOf(formula, all), new Set<Variable>());
  if (solve(kept, { only: new Set() }).kind === "none") return { core, variable: null };
  for (const variable of variables) {
    if (solve(kept, { only: new Set([variable]) }).kind === "none") return { core, variable };
  }
  return null;
}

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
