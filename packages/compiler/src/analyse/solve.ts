// SPDX-License-Identifier: Apache-2.0
import type { FieldValue } from "../program/index.ts";
import {
  type Constraint,
  type Fitting,
  fitting,
  unconstrained,
  withExistence,
  withStatement,
} from "./constraint.ts";
import type { ExistsStatement, Formula, SomeStatement, Variable } from "./formula.ts";
import { truthOf } from "./truth.ts";
import { variablesOf } from "./variables-of.ts";

/** A formula that is to be true or false. */
export interface Goal {
  readonly formula: Formula;
  readonly truth: boolean;
}

/** Values of the variables that decide; null where there is none. */
export type Model = ReadonlyMap<Variable, FieldValue | null>;

/** A model; proof that there is none; or neither, when a bound was reached or a value could not be found. */
export type Solution =
  | { readonly kind: "model"; readonly model: Model }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

export interface SolveOptions {
  /**
   * Variables of which it counts what values they can have; statements about others can be true and false as it
   * comes. Default: all. A proof with few variables is one that can be explained.
   */
  readonly only?: ReadonlySet<Variable>;
  /** Whether open statements are what they come to on every event, where that is known. Default: false. */
  readonly asRun?: boolean;
}

/** Most statements and clauses that are looked at before the search gives up. */
const STEPS_MAX = 40_000;

/** Most requirements that are put together to constraints, each of which holds all of the one before, until then. */
const REQUIREMENTS_MAX = 4_000_000;

/**
 * Looks for an event on which all goals are reached: truth is passed down the formulas, clauses with one way left
 * are followed, and of the others each way is tried.
 */
export function solve(goals: readonly Goal[], options: SolveOptions = {}): Solution {
  return new Search(options).run(goals);
}

interface State {
  readonly truths: Map<Formula, boolean>;
  readonly constraints: Map<Variable, Constraint>;
  /** Of each, one way must be gone. */
  readonly clauses: readonly (readonly Goal[])[];
}

class Search {
  readonly #options: SolveOptions;
  readonly #fittings = new WeakMap<Constraint, Fitting>();
  readonly #free = new Map<Variable, Constraint>();
  readonly #extended = new WeakMap<Constraint, Map<string, Constraint>>();
  #steps = 0;
  #requirements = 0;

  constructor(options: SolveOptions) {
    this.#options = options;
  }

  run(goals: readonly Goal[]): Solution {
    const clauses = goals.map((goal) => [goal]);
    return this.#search({ truths: new Map(), constraints: new Map(), clauses });
  }

  #search(start: State): Solution {
    const state = this.#settle(start);
    if (state === "contradiction") return { kind: "none" };
    if (state === "exhausted") return { kind: "unknown" };
    const shortest = state.clauses.reduce<readonly Goal[] | null>(
      (best, clause) => (best === null || clause.length < best.length ? clause : best),
      null,
    );
    if (shortest === null) return this.#modelOf(state);
    const plain = this.#options.asRun ? this.#plainModel(state) : null;
    if (plain !== null) return plain;
    const rest = state.clauses.filter((clause) => clause !== shortest);
    let unknown = false;
    for (const way of shortest) {
      const { truths, constraints } = state;
      const solution = this.#search({
        truths: new Map(truths),
        constraints: new Map(constraints),
        clauses: [[way], ...rest],
      });
      if (solution.kind === "model") return solution;
      unknown ||= solution.kind === "unknown";
    }
    return { kind: unknown ? "unknown" : "none" };
  }

  /** Follows all clauses that leave one way, until none does. */
  #settle({ truths, constraints, clauses }: State): State | "contradiction" | "exhausted" {
    let open = clauses;
    for (let changed = true; changed; ) {
      changed = false;
      const next: (readonly Goal[])[] = [];
      const add = (clause: readonly Goal[]): void => {
        next.push(clause);
        changed = true;
      };
      for (const clause of open) {
        if (this.#steps > STEPS_MAX || this.#requirements > REQUIREMENTS_MAX) return "exhausted";
        const ways = this.#waysLeft(clause, truths, constraints);
        if (ways === "done") continue;
        const [only] = ways;
        if (only === undefined) return "contradiction";
        if (ways.length > 1) {
          next.push(ways);
          continue;
        }
        if (!this.#follow(only, truths, constraints, add)) return "contradiction";
        changed = true;
      }
      open = next;
    }
    return { truths, constraints, clauses: open };
  }

  #waysLeft(
    clause: readonly Goal[],
    truths: ReadonlyMap<Formula, boolean>,
    constraints: ReadonlyMap<Variable, Constraint>,
  ): readonly Goal[] | "done" {
    const ways: Goal[] = [];
    for (const goal of clause) {
      this.#steps++;
      const known = truths.get(goal.formula);
      if (known === goal.truth) return "done";
      if (known === undefined && this.#isPossible(goal, constraints)) ways.push(goal);
    }
    return ways;
  }

  /** Whether a goal that is a single statement agrees with what is known of its variable. */
  #isPossible({ formula, truth }: Goal, constraints: ReadonlyMap<Variable, Constraint>): boolean {
    if (formula.kind === "not")
      return this.#isPossible({ formula: formula.child, truth: !truth }, constraints);
    if (formula.kind === "open" && this.#options.asRun)
      return formula.actual === null || formula.actual === truth;
    if (formula.kind !== "some" && formula.kind !== "exists") return true;
    return this.#fits(this.#constrained(formula, truth, constraints)).kind !== "none";
  }

  /** Takes a goal for reached; false when that contradicts what is known. */
  #follow(
    { formula, truth }: Goal,
    truths: Map<Formula, boolean>,
    constraints: Map<Variable, Constraint>,
    add: (clause: readonly Goal[]) => void,
  ): boolean {
    const known = truths.get(formula);
    if (known !== undefined) return known === truth;
    truths.set(formula, truth);
    switch (formula.kind) {
      case "not":
        add([{ formula: formula.child, truth: !truth }]);
        return true;
      case "and":
      case "or": {
        const ways = formula.children.map((child): Goal => ({ formula: child, truth }));
        if ((formula.kind === "and") === truth) for (const way of ways) add([way]);
        else add(ways);
        return true;
      }
      case "open":
        return !this.#options.asRun || formula.actual === null || formula.actual === truth;
      case "exists":
      case "some": {
        const constraint = this.#constrained(formula, truth, constraints);
        if (this.#fits(constraint).kind === "none") return false;
        constraints.set(formula.variable, constraint);
        return true;
      }
      default:
        return formula satisfies never;
    }
  }

  /** The same object for the same statements in the same order, so that its answer is looked for once. */
  #constrained(
    statement: ExistsStatement | SomeStatement,
    truth: boolean,
    constraints: ReadonlyMap<Variable, Constraint>,
  ): Constraint {
    const { variable } = statement;
    const constraint =
      constraints.get(variable) ?? remember(this.#free, variable, () => unconstrained(variable));
    const extended = remember(this.#extended, constraint, () => new Map<string, Constraint>());
    return remember(extended, `${statement.id} ${truth}`, () => {
      this.#requirements += constraint.some.length + constraint.none.length;
      return statement.kind === "exists"
        ? withExistence(constraint, truth)
        : withStatement(constraint, statement, truth);
    });
  }

  #fits(constraint: Constraint): Fitting {
    const { only } = this.#options;
    if (only !== undefined && !only.has(constraint.variable)) return { kind: "unknown" };
    return remember(this.#fittings, constraint, () => fitting(constraint));
  }

  /**
   * The event on which fields have no value unless they must: often it goes one way of each clause, as rules are about
   * what some fields are and make exceptions for others. null when it does not, or when that is not certain.
   */
  #plainModel(state: State): Solution | null {
    const found = this.#modelOf(state);
    if (found.kind !== "model") return null;
    const model = new Map(found.model);
    const variables = new Set<Variable>();
    for (const clause of state.clauses) for (const { formula } of clause) variablesOf(formula, variables);
    for (const variable of variables) {
      if (model.has(variable)) continue;
      const fit = this.#fits(unconstrained(variable));
      if (fit.kind === "value") model.set(variable, fit.value);
    }
    const isReached = ({ formula, truth }: Goal): boolean => truthOf(formula, model) === truth;
    return state.clauses.every((clause) => clause.some(isReached)) ? { kind: "model", model } : null;
  }

  #modelOf({ constraints }: State): Solution {
    const model = new Map<Variable, FieldValue | null>();
    for (const [variable, constraint] of constraints) {
      const fit = this.#fits(constraint);
      if (fit.kind !== "value") return { kind: "unknown" };
      model.set(variable, fit.value);
    }
    return { kind: "model", model };
  }
}

interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function remember<K, V>(memory: Memory<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
