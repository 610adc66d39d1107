// SPDX-License-Identifier: Apache-2.0
import type { BinaryOperator, ByteString, Condition, Field, List, Transformer, Value } from "@falcoc/parser";
import { parseCondition } from "@falcoc/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldCatalog, FieldDefinition, ValueType } from "../catalog/types.ts";
import { checkCondition } from "../check/check-condition.ts";
import { interpret } from "../interpret/interpret.ts";
import type { Expr } from "../ir/expr.ts";
import { FieldTable } from "../ir/field-table.ts";
import {
  type Evaluator,
  type FieldValue,
  type Instantiate,
  primitives,
  type Remember,
  rememberNothing,
} from "../program/index.ts";
import type { EmitRule } from "./dispatch.ts";
import { emitProgram } from "./emit-program.ts";

type TestEvent = Readonly<Record<string, FieldValue | null>>;

/** `n.…` are numbers, `l.…` lists of texts, all else is text. */
const catalog: FieldCatalog = {
  sources: ["syscall"],
  fields: () => [],
  resolve(text) {
    const type: ValueType = text.startsWith("n.") ? "UINT64" : "CHARBUF";
    const isList = text.startsWith("l.");
    const definition: FieldDefinition = {
      name: text,
      class: "evt",
      type,
      isList,
      print: "DEC",
      argument: { need: "none", form: null },
      comparison: "value",
      filterOnly: false,
      noTransformer: false,
      noRightHand: false,
      deprecated: false,
      suggested: false,
      sources: ["*"],
      provider: "native",
      description: "",
    };
    return { ok: true, field: { definition, text, argument: null, type, isList, comparison: "value" } };
  },
};

function checked(condition: Condition): Expr {
  const result = checkCondition(condition, { catalog, source: "syscall" });
  if (!result.ok) throw new Error(result.error.message);
  return result.expr;
}

function parsed(text: ByteString): Expr {
  const result = parseCondition(text);
  if (!result.ok) throw new Error(result.error.message);
  return checked(result.condition);
}

interface Made {
  readonly code: string;
  readonly evaluator: Evaluator<TestEvent>;
  /** Names of the fields read so far. */
  readonly reads: string[];
}

const EVENT_TYPES = [null, null, "open", "open", "close", "close"];

function make(
  rules: readonly (Expr | EmitRule)[],
  change = (code: string): string => code,
  remember: Remember<TestEvent> = rememberNothing,
): Made {
  const whole = rules.map((rule) => ("condition" in rule ? rule : ruleOf(rule)));
  const { code, fields } = emitProgram(whole, { fields: new FieldTable(), eventTypes: EVENT_TYPES });
  const reads: string[] = [];
  const instantiate = new Function(
    "rt",
    "field",
    "enabled",
    "remember",
    change(code),
  ) as Instantiate<TestEvent>;
  const extractor = (slot: number) => (event: TestEvent) => {
    reads.push(fields[slot]!.text);
    return event[fields[slot]!.text] ?? null;
  };
  return { code, evaluator: instantiate(primitives, extractor, () => true, remember), reads };
}

function ruleOf(condition: Expr, events: EmitRule["events"] = "all"): EmitRule {
  return { source: "syscall", condition, events };
}

function first({ evaluator }: Made, event: TestEvent, code = -1): number {
  return evaluator.first(event, "syscall", code);
}

describe("dispatch", () => {
  it("tests an event only against the rules that list its code", () => {
    const made = make([ruleOf(parsed("a.b = x"), [2, 3]), ruleOf(parsed("a.b = x"), [4])]);
    expect(first(made, { "a.b": "x" }, 3)).toBe(0);
    expect(first(made, { "a.b": "x" }, 4)).toBe(1);
    expect(first(made, { "a.b": "x" }, 5)).toBe(-1);
    expect(first(made, { "a.b": "x" }, 402)).toBe(0);
  });

  it("tells which events no rule may match", () => {
    const rules = [ruleOf(parsed("a.b = x"), [2, 3]), ruleOf(parsed("evt.type = open"), [2, 5])];
    const { evaluator } = make(rules);
    const mayMatch = (source: string) =>
      [0, 2, 3, 4, 5, 402, -1].filter((one) => evaluator.mayMatch(source, one));
    expect(mayMatch("syscall")).toEqual([2, 3, 402, -1]);
    expect(mayMatch("other")).toEqual([]);
  });

  it("knows the type of an event by its code", () => {
    const made = make([parsed("evt.type in (open, openat) and a.b = x or evt.type = close and a.c = y")]);
    expect(first(made, { "a.b": "x" }, 2)).toBe(0);
    expect(first(made, { "a.c": "y" }, 2)).toBe(-1);
    expect(first(made, { "a.c": "y" }, 4)).toBe(0);
    expect(made.reads).not.toContain("evt.type");
    expect(first(made, { "evt.type": "open", "a.b": "x" }, 0)).toBe(0);
    expect(made.reads).toContain("evt.type");
  });

  it("finds no rule for a source that has none", () => {
    const { evaluator } = make([parsed("a.b = x")]);
    const matches: number[] = [];
    evaluator.all({ "a.b": "x" }, "other", 2, matches);
    expect(matches).toEqual([]);
    expect(evaluator.first({ "a.b": "x" }, "other", 2)).toBe(-1);
  });
});

describe("work", () => {
  it("reads a field once an event, however many rules use it", () => {
    const made = make([parsed("a.b = x"), parsed("a.b in (y, z, w, v)"), parsed("a.b startswith u")]);
    first(made, { "a.b": "none" });
    expect(made.reads).toEqual(["a.b"]);
    first(made, { "a.b": "none" });
    expect(made.reads).toEqual(["a.b", "a.b"]);
  });

  it("tests the cheap parts of a condition first", () => {
    const made = make([parsed("proc.args contains y and proc.name = x")]);
    expect(first(made, { "proc.args": "y", "proc.name": "no" })).toBe(-1);
    expect(made.reads).toEqual(["proc.name"]);
  });

  it("keeps nothing from one event to the next, also when its numbers start again", () => {
    const rules = [parsed("a.b contains x and a.c = y"), parsed("not a.b contains x and a.c = z")];
    const made = make(rules, (code) => code.replace(String(2 ** 30), "6"));
    for (let i = 0; i < 20; i++) {
      expect(first(made, { "a.b": "x", "a.c": "y" })).toBe(0);
      expect(first(made, { "a.b": "-", "a.c": "z" })).toBe(1);
      expect(first(made, { "a.b": "-", "a.c": "y" })).toBe(-1);
    }
  });
});

describe("memory", () => {
  const texts = Array.from({ length: 40 }, (_, i) => `/${"x".repeat(i)}`);

  it("of a text gives the same verdicts as testing it again", () => {
    const starts = texts.map((text) =>
      parsed(`a.path startswith ${text} and not a.path endswith ${text.slice(1)}y`),
    );
    const { evaluator } = make(starts);
    const paths = [...texts, ...texts.map((text) => `${text}y`), "x".repeat(1000), "", null];
    for (const path of [...paths, ...paths.toReversed()]) {
      const matches: number[] = [];
      evaluator.all({ "a.path": path }, "syscall", -1, matches);
      expect(matches).toEqual(starts.flatMap((one, i) => (interpret(one, () => path) ? [i] : [])));
    }
  });

  it("of a process makes each of its tests once", () => {
    const tests = texts.map((text) => parsed(`proc.name endswith ${text} and proc.pname endswith ${text}y`));
    const process = new Map<TestEvent, Int32Array>();
    const { evaluator, reads } = make(tests, undefined, (words) => (event) => {
      const known = process.get(event) ?? new Int32Array(words);
      process.set(event, known);
      return known;
    });
    const [one, other] = [
      { "proc.name": "a/", "proc.pname": "/y" },
      { "proc.name": "b/x", "proc.pname": "/xy" },
    ];
    expect([one, other].map((event) => evaluator.first(event, "syscall", -1))).toEqual([0, 1]);
    reads.length = 0;
    expect([one, other, one].map((event) => evaluator.first(event, "syscall", -1))).toEqual([0, 1, 0]);
    expect(reads).toEqual([]);
  });
});

describe("size", () => {
  it("compiles conditions of 10,000 checks in functions of bounded length", () => {
    const checks = Array.from({ length: 10_000 }, (_, i) => `a.b contains "t${i}."`);
    const either = make([parsed(checks.join(" or "))]);
    expect(first(either, { "a.b": "..t9999." })).toBe(0);
    expect(first(either, { "a.b": "t10000" })).toBe(-1);
    const all = make([parsed(checks.map((check) => `not ${check}`).join(" and "))]);
    expect(first(all, { "a.b": "t10000" })).toBe(0);
    const lengths = either.code.split("\nfunction ").map((text) => text.length);
    expect(Math.max(...lengths)).toBeLessThan(20_000);
  });

  it("compiles lists and modifiers with 10,000 values", () => {
    const list = Array.from({ length: 10_000 }, (_, i) => `v${i}`).join();
    const made = make([parsed(`a.b in (${list})`), parsed(`a.b contains oneof (${list})`)]);
    expect(first(made, { "a.b": "v9999" })).toBe(0);
    expect(first(made, { "a.b": "xv9" })).toBe(1);
    expect(first(made, { "a.b": "v" })).toBe(-1);
  });

  it("compiles nests deeper than any stack", () => {
    let condition: Condition = check("a.b", "=", "x0");
    for (let depth = 1; depth < 30_000; depth++) {
      const leaf = check("a.b", depth % 2 === 0 ? "=" : "!=", `x${depth}`);
      condition = { ...PLACE, kind: depth % 2 === 0 ? "or" : "and", children: [leaf, condition] };
      if (depth % 3 === 0) condition = { ...PLACE, kind: "not", child: condition };
    }
    const expr = checked(condition);
    const made = make([expr]);
    for (const value of ["x0", "x29998", "x1", "y"]) {
      const verdict = first(made, { "a.b": value }) === 0;
      expect(verdict).toBe(interpret(expr, () => value));
    }
  });

  it("compiles 9,300 rules", () => {
    const rules = Array.from({ length: 9300 }, (_, i) =>
      ruleOf(parsed(`evt.type = open and a.b = x and n.c = ${i} and not a.d in (p${i}, q${i})`), [2, 3]),
    );
    const made = make(rules);
    expect(first(made, { "a.b": "x", "n.c": 9299, "a.d": "p1" }, 3)).toBe(9299);
    expect(first(made, { "a.b": "x", "n.c": 9299, "a.d": "p9299" }, 3)).toBe(-1);
  });
});

describe("texts of rules", () => {
  const hostile = [
    '"; globalThis.owned = true; "',
    ["$", "{globalThis.owned = true}"].join(""),
    "`; globalThis.owned = true; `",
    "\\u0022; globalThis.owned = true; //",
    "\n globalThis.owned = true \n",
    "*/ globalThis.owned = true /*",
    "</script><script>globalThis.owned = true</script>",
    "\u2028globalThis.owned = true",
    "__proto__",
    "constructor",
  ];
  const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary", maxLength: 30 }));

  it("never run as code", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const conditions = TEXT_OPERATORS.map((operator) => check("a.b", operator, one));
        const transforms = [
          check("a.b", "in", one, other),
          { ...check("a.b", "=", one), left: call("concat", [PLACED_FIELD, value(other)]) },
          {
            ...check("a.b", "=", one),
            left: call("join", [value(one), call("getopt", [LIST, value(other)])]),
          },
          {
            ...check("a.b", "=", one),
            left: { ...call("getopt", [LIST, value(other)]), argument: one[0] ?? "x" },
          },
        ];
        const rules = [...conditions, ...transforms].flatMap((condition): EmitRule[] => {
          const result = checkCondition(condition, { catalog, source: "syscall" });
          return result.ok ? [{ source: one, condition: result.expr, events: "all" }] : [];
        });
        const { evaluator } = make(rules);
        const matches: number[] = [];
        evaluator.all({ "a.b": one, "l.b": [one] }, one, 2, matches);
        expect((globalThis as { owned?: boolean }).owned).toBeUndefined();
        const equation = TEXT_OPERATORS.indexOf("=");
        if (one.length <= 255 && !one.includes("\0")) expect(matches).toContain(equation);
      }),
      { numRuns: 300 },
    );
  });
});

const TEXT_OPERATORS: readonly BinaryOperator[] = [
  "=",
  "!=",
  "contains",
  "icontains",
  "startswith",
  "endswith",
  "glob",
  "iglob",
  "regex",
  "pmatch",
];
const PLACE = { start: 0, end: 0 };
const PLACED_FIELD: Field = { ...PLACE, kind: "field", name: "a.b", argument: null };
const LIST: Field = { ...PLACED_FIELD, name: "l.b" };

function value(text: string): Value {
  return { ...PLACE, kind: "value", text, quoted: true };
}

function call(name: string, args: Transformer["args"]): Transformer {
  return { ...PLACE, kind: "transformer", name, args, argument: null };
}

function check(name: string, operator: BinaryOperator, ...texts: readonly string[]) {
  const items = texts.map(value);
  const list: List = { ...PLACE, kind: "list", items };
  const right = operator === "in" || operator === "pmatch" ? list : items[0]!;
  return {
    ...PLACE,
    kind: "check" as const,
    operator,
    modifier: null,
    left: { ...PLACED_FIELD, name },
    right,
  };
}
