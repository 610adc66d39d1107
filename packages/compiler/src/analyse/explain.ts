// SPDX-License-Identifier: Apache-2.0
import type { Variable } from "./formula.ts";
import { type Goal, solve } from "./solve.ts";
import { variablesOf } from "./variables-of.ts";

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
