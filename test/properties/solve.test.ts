// SPDX-License-Identifier: Apache-2.0
import { checkCondition, type Expr, interpret, type ReadField } from "@falcoc/compiler";
import type { FieldValue } from "@falcoc/compiler/program";
import type { Condition } from "@falcoc/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormulaBuilder } from "../../packages/compiler/src/analyse/build-formula.ts";
import { explainContradiction } from "../../packages/compiler/src/analyse/explain.ts";
import type { Formula } from "../../packages/compiler/src/analyse/formula.ts";
import { type Model, solve } from "../../packages/compiler/src/analyse/solve.ts";
import { truthOf } from "../../packages/compiler/src/analyse/truth.ts";
import { variablesOf } from "../../packages/compiler/src/analyse/variables-of.ts";
import { evaluateOperand } from "../../packages/compiler/src/interpret/interpret.ts";
import { type TestEvent, testCatalog, testEvent, typedCondition } from "./typed-conditions.ts";

/** More by environment: `FALCOC_PROPERTY_RUNS=200000`. */
const RUNS = Number(process.env.FALCOC_PROPERTY_RUNS ?? 2000);

describe("the logic of conditions", () => {
  it("says what the interpreter says, wherever it says something", () => {
    const property = fc.property(typedCondition, testEvent, (condition, event) => {
      const { expr, formula } = logic(condition);
      const truth = truthOf(formula, modelOf(formula, event));
      if (truth !== null) expect(truth).toBe(interpret(expr, reader(event)));
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it("proves nothing of which an event is the opposite", () => {
    const property = fc.property(typedCondition, typedCondition, testEvent, (one, other, event) => {
      const formulas = new FormulaBuilder();
      const [first, second] = [logic(one, formulas), logic(other, formulas)];
      const goals = [first, second].map(({ expr, formula }) => ({
        formula,
        truth: interpret(expr, reader(event)),
      }));
      expect(solve(goals).kind).not.toBe("none");
      expect(solve(goals, { asRun: true }).kind).not.toBe("none");
      expect(explainContradiction(goals)).toBeNull();
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it("gives models on which the condition holds", () => {
    let models = 0;
    const property = fc.property(typedCondition, (condition) => {
      const { expr, formula } = logic(condition);
      const solution = solve([{ formula, truth: true }], { asRun: true });
      if (solution.kind !== "model" || truthOf(formula, solution.model) !== true) return;
      models++;
      const values = new Map<string, FieldValue | null>();
      for (const [{ operand }, value] of solution.model) {
        if (operand.kind !== "field") return;
        values.set(operand.field.name, value);
      }
      expect(interpret(expr, ({ name }) => values.get(name) ?? null)).toBe(true);
    });
    fc.assert(property, { numRuns: RUNS });
    expect(models).toBeGreaterThan(RUNS / 4);
  });
});

function logic(condition: Condition, formulas = new FormulaBuilder()): { expr: Expr; formula: Formula } {
  const checked = checkCondition(condition, { catalog: testCatalog, source: "syscall" });
  if (!checked.ok) throw new Error(checked.error.message);
  return { expr: checked.expr, formula: formulas.of(checked.expr) };
}

function reader({ values }: TestEvent): ReadField {
  return ({ name }) => values[name] ?? null;
}

function modelOf(formula: Formula, event: TestEvent): Model {
  return new Map(
    [...variablesOf(formula)].map((variable) => [variable, evaluateOperand(variable.operand, reader(event))]),
  );
}
