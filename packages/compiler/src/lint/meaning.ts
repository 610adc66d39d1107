// SPDX-License-Identifier: Apache-2.0
import { type Condition, decodeText } from "@falcoc/parser";
import { FormulaBuilder } from "../analyse/build-formula.ts";
import type { Formula } from "../analyse/formula.ts";
import { type Goal, type Solution, solve } from "../analyse/solve.ts";
import { truthOf } from "../analyse/truth.ts";
import type { CompileResult } from "../compile.ts";
import type { Expr } from "../ir/expr.ts";
import type { ExceptionEntry } from "../load/collection.ts";
import type { CompiledRule } from "../load/compiled-rule.ts";
import type { OwnCondition } from "./conditions.ts";
import { partProgram } from "./part-program.ts";
import { type FlatRecord, type RunEvent, witnessOf } from "./witness.ts";

/** A part of a condition: as it was written, checked, and as logic. */
export interface Part {
  readonly node: Condition;
  readonly expr: Expr;
  readonly formula: Formula;
  /** Empty where what was written is a single check or the name of a macro. */
  readonly children: readonly Part[];
}

/** The condition of a rule or macro with its meaning. */
export interface ConditionMeaning {
  readonly own: OwnCondition;
  /** Source of the events on which it is looked at. */
  readonly source: string;
  readonly root: Part;
}

/** A rule that is compiled, with its exceptions apart. */
export interface RuleMeaning extends ConditionMeaning {
  readonly rule: CompiledRule;
  /** With exceptions. */
  readonly whole: Formula;
  /** Those that have values. */
  readonly exceptions: readonly ExceptionMeaning[];
}

export interface ExceptionMeaning {
  readonly entry: ExceptionEntry;
  readonly expr: Expr;
  readonly formula: Formula;
}

/** What the conditions of rules and macros mean, and the means to back what is claimed about it. */
export class Meaning {
  readonly formulas = new FormulaBuilder();
  /** In load order. */
  readonly rules: readonly RuleMeaning[];
  readonly macros: readonly ConditionMeaning[];
  readonly #engineVersion: string;
  readonly #run: RunEvent;
  readonly #models = new Map<Formula, Solution>();
  readonly #possible = new Set<Formula>();
  readonly #impossible = new Map<string, boolean>();

  constructor(compiled: CompileResult, conditions: readonly OwnCondition[], run: RunEvent) {
    const { active, session, engineVersion } = compiled.loaded;
    this.#engineVersion = engineVersion;
    this.#run = run;
    const own = (kind: OwnCondition["kind"]): Map<string, OwnCondition> =>
      new Map(conditions.filter((one) => one.kind === kind).map((one) => [one.entry.name, one]));
    const [ownOfRules, ownOfMacros] = [own("rule"), own("macro")];
    this.rules = (active?.rules ?? []).flatMap((rule) => this.#rule(rule, ownOfRules) ?? []);
    this.macros = [...(active?.macros.values() ?? [])].flatMap((macro) => {
      const condition = ownOfMacros.get(macro.entry.name);
      if (condition === undefined || macro.condition === null || macro.parsed === null) return [];
      for (const source of condition.sources) {
        const checked = session.check(macro.condition, source);
        if (!checked.ok) continue;
        return [{ own: condition, source, root: this.#part(condition.root, macro.parsed, checked.expr) }];
      }
      return [];
    });
  }

  /** An event on which a formula holds as rules are run, or why there is none. */
  model(formula: Formula): Solution {
    const known = this.#models.get(formula);
    if (known !== undefined) return known;
    const solution = solve([{ formula, truth: true }], { asRun: true });
    this.#models.set(formula, solution);
    return solution;
  }

  /**
   * Whether an event was found on which a formula holds. An event that is found for a formula shows as well that its
   * parts, and other conditions with such parts, are possible: begin with the largest.
   */
  isPossible(formula: Formula): boolean {
    if (this.#possible.has(formula)) return true;
    const solution = this.model(formula);
    if (solution.kind !== "model") return false;
    const open = [formula];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (this.#possible.has(part) || truthOf(part, solution.model) !== true) continue;
      this.#possible.add(part);
      if ("children" in part) open.push(...part.children);
    }
    return true;
  }

  /** Whether no event can reach all goals. The same goals are looked at once. */
  isImpossible(goals: readonly Goal[]): boolean {
    const key = goals.map(({ formula, truth }) => `${formula.id} ${truth}`).join(" ");
    const known = this.#impossible.get(key);
    if (known !== undefined) return known;
    const impossible = solve(goals).kind === "none";
    this.#impossible.set(key, impossible);
    return impossible;
  }

  /** An event on which all goals are reached; null when none was found. */
  event(goals: readonly Goal[]): FlatRecord | null {
    const [goal] = goals;
    const single = goals.length === 1 && goal?.truth === true;
    const solution = single ? this.model(goal.formula) : solve(goals, { asRun: true });
    return solution.kind === "model" ? witnessOf(solution.model) : null;
  }

  /** Which conditions hold on an event, as compiled code says; null when there can be no such event. */
  run(conditions: readonly Expr[], source: string, event: FlatRecord): readonly boolean[] | null {
    const type = event["evt.type"];
    const program = partProgram(
      conditions,
      source,
      typeof type === "string" ? type : null,
      this.#engineVersion,
    );
    const names = this.#run(program, event, source);
    return names === null ? null : conditions.map((_, index) => names.includes(String(index)));
  }

  #rule(rule: CompiledRule, own: ReadonlyMap<string, OwnCondition>): RuleMeaning | null {
    const condition = own.get(rule.entry.name);
    const { parsed } = rule.written;
    if (condition === undefined || parsed === null) return null;
    const entries = rule.entry.exceptions.filter(({ values }) => values.length > 0);
    const whole = this.formulas.of(rule.expr);
    const source = decodeText(rule.entry.source);
    if (entries.length === 0) {
      const root = this.#part(condition.root, parsed, rule.expr);
      return { own: condition, source, root, rule, whole, exceptions: [] };
    }
    // `(CONDITION) and not (EXCEPTION) and not (EXCEPTION)`
    if (parsed.kind !== "and" || rule.expr.kind !== "and") return null;
    const [first, ...rest] = rule.expr.children;
    if (first === undefined || parsed.children[0] === undefined || rest.length !== entries.length)
      return null;
    const exceptions = entries.flatMap((entry, index): ExceptionMeaning[] => {
      const negated = rest[index];
      if (negated?.kind !== "not") return [];
      return [{ entry, expr: negated.child, formula: this.formulas.of(negated.child) }];
    });
    const root = this.#part(condition.root, parsed.children[0], first);
    return { own: condition, source, root, rule, whole, exceptions };
  }

  /** `written` has the names of lists, `parsed` has not; `expr` has no names of macros either. */
  #part(written: Condition, parsed: Condition, expr: Expr): Part {
    const children: Part[] = [];
    const isSame = written.kind === parsed.kind && written.kind === expr.kind;
    if (isSame && written.kind === "not" && parsed.kind === "not" && expr.kind === "not") {
      children.push(this.#part(written.child, parsed.child, expr.child));
    } else if (isSame && "children" in written && "children" in parsed && "children" in expr) {
      const count = written.children.length;
      const agrees = parsed.children.length === count && expr.children.length === count;
      for (let i = 0; agrees && i < count; i++) {
        children.push(this.#part(written.children[i]!, parsed.children[i]!, expr.children[i]!));
      }
    }
    return { node: written, expr, formula: this.formulas.of(expr), children };
  }
}
