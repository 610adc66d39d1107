// SPDX-License-Identifier: Apache-2.0
// Every operator on every type, plain and with every modifier: which of them the language allows, and what they mean.
import { VALUE_TYPES, type ValueType } from "@falcoc/compiler/catalog";
import { MODIFIERS, type Modifier, OPERATOR_NAMES, OPERATORS, type Operator } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import type { CaseField } from "../conformance/case-catalog.ts";
import { evaluated } from "./language.ts";

type Class = "numeric" | "bool" | "string" | "buffer" | "ip" | "none";

const NUMERIC =
  /^(U?INT\d+|ERRNO|FD|PID|SYSCALLID|SIGTYPE|RELTIME|ABSTIME|PORT|(ENUM)?FLAGS\d+|DOUBLE|MODE)$/;

function classOf(type: ValueType): Class {
  if (NUMERIC.test(type)) return "numeric";
  if (type === "BOOL") return "bool";
  if (["CHARBUF", "FSPATH", "FSRELPATH"].includes(type)) return "string";
  if (type === "BYTEBUF") return "buffer";
  return type.startsWith("IP") ? "ip" : "none";
}

const EQUALITY: readonly Operator[] = ["=", "==", "!="];
const ORDER: readonly Operator[] = ["<", "<=", ">", ">="];
const SETS: readonly Operator[] = ["in", "intersects"];
const SEARCH: readonly Operator[] = ["contains", "startswith", "endswith"];

/** Operators beside `exists` that a class allows. */
const ALLOWED: Readonly<Record<Class, readonly Operator[]>> = {
  numeric: [...EQUALITY, ...ORDER, ...SETS],
  bool: [...EQUALITY, ...SETS],
  string: [...EQUALITY, ...ORDER, ...SETS, ...SEARCH, "icontains", "glob", "iglob", "regex", "pmatch"],
  buffer: [...EQUALITY, ...SETS, ...SEARCH, "bcontains", "bstartswith"],
  ip: [...EQUALITY, ...SETS],
  none: [],
};

const CLASS_WORDS = {
  numeric: "numeric",
  bool: "numeric",
  string: "string",
  buffer: "buffer",
  ip: "ip address and network",
};

/** Types whose operators are allowed, but of which no literal can be written. */
const WITHOUT_LITERALS: readonly ValueType[] = ["SYSCALLID", "SIGTYPE"];

const LIST_TYPES: readonly ValueType[] = [
  "CHARBUF",
  "UINT64",
  "RELTIME",
  "ABSTIME",
  "BOOL",
  "IPADDR",
  "IPNET",
];

function literalFor(type: ValueType, operator: Operator): string {
  if (operator === "bcontains" || operator === "bstartswith") return "61";
  if (OPERATORS[operator].shape === "number") return "1";
  if (type === "BOOL") return "true";
  if (type.endsWith("ADDR") && classOf(type) === "ip") return type.includes("V6") ? "::1" : "10.0.0.1";
  return type.endsWith("NET") ? (type.includes("V6") ? "::1/128" : "10.0.0.0/8") : "1";
}

interface Use {
  readonly type: ValueType;
  readonly operator: Operator;
  readonly modifier: Modifier | null;
  readonly text: string;
}

const USES: readonly Use[] = VALUE_TYPES.flatMap((type) =>
  OPERATOR_NAMES.flatMap((operator) => {
    const modifiers = OPERATORS[operator].modifiers ? [null, ...MODIFIERS] : [null];
    return modifiers.map(
      (modifier): Use => ({ type, operator, modifier, text: textOf(type, operator, modifier) }),
    );
  }),
);

function textOf(type: ValueType, operator: Operator, modifier: Modifier | null): string {
  if (operator === "exists") return "x.y exists";
  const literal = literalFor(type, operator);
  if (modifier !== null) return `x.y ${operator} ${modifier} (${literal})`;
  return OPERATORS[operator].shape === "list" ? `x.y ${operator} (${literal})` : `x.y ${operator} ${literal}`;
}

/** What the engine has against a use; null when nothing. */
function objection({ type, operator, modifier }: Use): string | null {
  const base = operator === "==" ? "=" : operator;
  const kind = classOf(type);
  if (operator === "exists") return null;
  if (kind === "none") return `filter error: '${base}' operator not supported for type '${type}'`;
  if (!ALLOWED[kind].includes(operator)) {
    const what = kind === "ip" && modifier !== null ? "with modifier" : "operator";
    return `filter error: '${base}' ${what} not supported for ${CLASS_WORDS[kind]} filters`;
  }
  return WITHOUT_LITERALS.includes(type) ? "wrong parameter type" : null;
}

function objectionToList({ type, operator, modifier }: Use): string | null {
  const base = operator === "==" ? "=" : operator;
  if (operator === "exists") return null;
  if (!LIST_TYPES.includes(type)) return `filter error: list filters are not supported for type '${type}'`;
  if (modifier === null && (operator === "in" || operator === "intersects")) return null;
  return `filter error: '${base}' operator not supported list filters`;
}

describe("operators on types", () => {
  it.each(VALUE_TYPES)("%s", (type) => {
    for (const use of USES.filter((one) => one.type === type)) {
      const verdict = evaluated(use.text, { "x.y": { type } });
      const expected = objection(use);
      if (expected === null) expect(verdict, use.text).toBe(false);
      else expect(verdict, use.text).toContain(`✗ ${expected}`);
    }
  });

  it.each(VALUE_TYPES)("lists of %s", (type) => {
    for (const use of USES.filter((one) => one.type === type)) {
      const verdict = evaluated(use.text, { "x.y": { type, list: true } });
      expect(verdict, use.text).toBe(objectionToList(use) === null ? false : `✗ ${objectionToList(use)}`);
    }
  });
});

/** One literal against one value, by operator: the plain meaning, written as plainly as can be. */
const TEXT_MEANING: Readonly<Record<string, (value: string, literal: string) => boolean>> = {
  "=": (value, literal) => value === literal,
  "==": (value, literal) => value === literal,
  "!=": (value, literal) => value !== literal,
  contains: (value, literal) => value.includes(literal),
  icontains: (value, literal) => value.toLowerCase().includes(literal.toLowerCase()),
  startswith: (value, literal) => value.startsWith(literal),
  endswith: (value, literal) => value.endsWith(literal),
  glob: (value, literal) => value === literal,
  iglob: (value, literal) => value.toLowerCase() === literal.toLowerCase(),
  regex: (value, literal) => value === literal,
};

const NUMBER_MEANING: Readonly<Record<string, (value: number, literal: number) => boolean>> = {
  "=": (value, literal) => value === literal,
  "!=": (value, literal) => value !== literal,
  "<": (value, literal) => value < literal,
  "<=": (value, literal) => value <= literal,
  ">": (value, literal) => value > literal,
  ">=": (value, literal) => value >= literal,
};

const COUNTS: Readonly<Record<Modifier, (holding: number, all: number) => boolean>> = {
  anyof: (holding) => holding > 0,
  allof: (holding, all) => all > 0 && holding === all,
  oneof: (holding) => holding === 1,
};

const TEXTS = ["", "a", "A", "ab", "ba", "abab"];
const LISTS = [[], ["a"], ["a", "a"], ["a", "b"], ["ab", "A", "ba"]];

function quoted(texts: readonly string[]): string {
  return `(${texts.map((text) => `"${text}"`).join(", ")})`;
}

describe("meaning of operators", () => {
  it.each(Object.entries(TEXT_MEANING))("texts: %s", (operator, holds) => {
    for (const value of TEXTS) {
      const fields: Record<string, CaseField> = { "x.y": { type: "CHARBUF", value } };
      for (const literal of TEXTS) {
        const text = `x.y ${operator} "${literal}"`;
        expect(evaluated(text, fields), `${value}: ${text}`).toBe(holds(value, literal));
      }
      for (const modifier of MODIFIERS) {
        for (const literals of LISTS) {
          const text = `x.y ${operator} ${modifier} ${quoted(literals)}`;
          const holding = literals.filter((literal) => holds(value, literal)).length;
          expect(evaluated(text, fields), `${value}: ${text}`).toBe(
            COUNTS[modifier](holding, literals.length),
          );
        }
      }
    }
  });

  it.each(Object.entries(NUMBER_MEANING))("numbers: %s", (operator, holds) => {
    for (const type of ["UINT64", "INT64", "UINT8", "PORT", "DOUBLE", "RELTIME"]) {
      for (const value of [0, 1, 9, 10, 17]) {
        for (const literal of [0, 1, 9, 10]) {
          const text = `x.y ${operator} ${literal}`;
          expect(evaluated(text, { "x.y": { type, value } }), `${type} ${value}: ${text}`).toBe(
            holds(value, literal),
          );
        }
      }
    }
  });

  it.each([
    ["<", ["9", "a"], "a"],
    [">", ["10", "9"], "9"],
  ])("orders texts by bytes: %s", (operator, [value, literal]) => {
    const fields = { "x.y": { type: "CHARBUF", value: value! }, "v.w": { type: "CHARBUF", value: literal! } };
    expect(evaluated(`x.y ${operator} val(v.w)`, fields)).toBe(operator === "<");
  });

  it.each(SETS)("%s is membership for scalars", (operator) => {
    for (const value of TEXTS) {
      for (const literals of LISTS) {
        const text = `x.y ${operator} ${quoted(literals)}`;
        expect(evaluated(text, { "x.y": { type: "CHARBUF", value } })).toBe(literals.includes(value));
      }
    }
  });

  it("compares lists: subset and overlap", () => {
    for (const value of LISTS.filter((one) => one.length > 0)) {
      const fields = { "x.y": { type: "CHARBUF", list: true, value } };
      for (const literals of LISTS) {
        const subset = value.every((one) => literals.includes(one));
        const overlap = value.some((one) => literals.includes(one));
        expect(evaluated(`x.y in ${quoted(literals)}`, fields)).toBe(subset);
        expect(evaluated(`x.y intersects ${quoted(literals)}`, fields)).toBe(overlap);
      }
    }
  });
});

describe("missing values", () => {
  it("make every check false, and its negation true", () => {
    for (const use of USES.filter((one) => objection(one) === null)) {
      const fields = { "x.y": { type: use.type, value: null } };
      expect(evaluated(use.text, fields), use.text).toBe(false);
      expect(evaluated(`not ${use.text}`, fields), use.text).toBe(true);
    }
  });
});
