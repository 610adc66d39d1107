// SPDX-License-Identifier: Apache-2.0
import { checkCondition, type Expr, emitProgram, FieldTable, interpret } from "@falcoc/compiler";
import type { Condition } from "@falcoc/parser";
import fc from "fast-check";
import { expect, it } from "vitest";
import { instantiate } from "../conformance/run-compiled.ts";
import { EVENT_TYPES, type TestEvent, testCatalog, testEvent, typedCondition } from "./typed-conditions.ts";

/** More by environment: `FALCOC_PROPERTY_RUNS=200000`. */
const RUNS = Number(process.env.FALCOC_PROPERTY_RUNS ?? 5000);

interface TestRule {
  readonly source: string;
  readonly condition: Expr;
  readonly events: readonly number[] | "all";
  readonly enabled: boolean;
}

const codes = fc.oneof(
  fc.constant("all" as const),
  fc.uniqueArray(fc.integer({ min: 0, max: EVENT_TYPES.length - 1 })),
);

const rule: fc.Arbitrary<TestRule> = fc.record({
  source: fc.constantFrom("syscall", "syscall", "other"),
  condition: typedCondition.map(checked),
  events: codes,
  enabled: fc.boolean(),
});

it("the compiled code of a ruleset gives the interpreter's verdicts, event after event", () => {
  const rules = fc.array(rule, { minLength: 1, maxLength: 4 });
  const events = fc.array(fc.tuple(testEvent, fc.constantFrom("syscall", "syscall", "other", "none")), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(fc.property(rules, events, agree), { numRuns: RUNS });
});

it("gives the same verdicts for rules that share parts of their conditions", () => {
  const parts = fc.array(typedCondition.map(checked), { minLength: 2, maxLength: 5 });
  const choices = fc.array(
    fc.record({ chosen: fc.nat({ max: 2 ** 5 - 1 }), events: codes, enabled: fc.boolean() }),
    { minLength: 2, maxLength: 12 },
  );
  const events = fc.array(fc.tuple(testEvent, fc.constant("syscall")), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, choices, events, (conditions, chosen, happened) => {
      const rules = chosen.map((one) => ({
        ...one,
        source: "syscall",
        condition: allOf(conditions.filter((_, i) => ((one.chosen >> i) & 1) === 1)),
      }));
      agree(rules, happened);
    }),
    { numRuns: RUNS },
  );
});

function allOf(children: readonly Expr[]): Expr {
  return { kind: "and", start: 0, end: 0, children };
}

function checked(condition: Condition): Expr {
  const result = checkCondition(condition, { catalog: testCatalog, source: "syscall" });
  if (!result.ok) throw new Error(result.error.message);
  return result.expr;
}

function agree(rules: readonly TestRule[], events: readonly (readonly [TestEvent, string])[]): void {
  const { code, fields } = emitProgram(rules, { fields: new FieldTable(), eventTypes: EVENT_TYPES });
  const evaluator = instantiate(code, fields, (number) => rules[number]!.enabled);
  for (const [event, source] of events) {
    const read = ({ name }: { readonly name: string }) => event.values[name] ?? null;
    const expected = rules.flatMap((one, number) => (matches(one, event, source) ? [number] : []));
    const all: number[] = [];
    evaluator.all(read, source, event.code, all);
    expect(all).toEqual(expected);
    expect(evaluator.first(read, source, event.code)).toBe(expected[0] ?? -1);
  }
}

/** What a rule does with an event, without any of the compiler's short cuts. */
function matches(one: TestRule, event: TestEvent, source: string): boolean {
  if (!one.enabled || one.source !== source) return false;
  const isKnownCode = source === "syscall" && EVENT_TYPES[event.code] !== undefined;
  if (isKnownCode && one.events !== "all" && !one.events.includes(event.code)) return false;
  return interpret(one.condition, ({ name }) => event.values[name] ?? null);
}
