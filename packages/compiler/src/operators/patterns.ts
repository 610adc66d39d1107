// SPDX-License-Identifier: Apache-2.0
import { type Code, code, joinCode } from "../emit/code.ts";
import type { Constants } from "../emit/constants.ts";
import { referenceGlob } from "../interpret/reference-glob.ts";
import type { Literal } from "../ir/expr.ts";
import { regexTest } from "../program/regex.ts";
import type { Relation } from "./define.ts";

const pattern = {
  kind: "relation",
  classes: ["string"],
  lists: false,
  fields: true,
  literal: "typed",
  likelihood: 0.1,
} as const;

/** A shell pattern over the whole value. */
export const glob: Relation = {
  ...pattern,
  cost: 60,
  evaluate: (value, right) => referenceGlob(String(right), String(value), false),
  emit(value, right, constants) {
    const [, open, text, close] = PLAIN_BETWEEN_RUNS.exec(String(right)) ?? [];
    if (text === undefined) {
      return code`${constants.define(code`rt.globTest(${String(right)}, false)`)}(${value})`;
    }
    if (open !== "" && close !== "") return code`${value}.includes(${text})`;
    if (open !== "") return code`${value}.endsWith(${text})`;
    if (close !== "") return code`${value}.startsWith(${text})`;
    return code`${value} === ${text}`;
  },
  emitAny: (value, right, constants) => emitAnyGlob(value, right, false, constants),
  emitBetween: (value, right) => code`rt.globMatches(${value}, ${right}, false)`,
};

/** A pattern in which nothing but runs at its ends is special. */
const PLAIN_BETWEEN_RUNS = /^(\**)([^*?[\\]*)(\**)$/s;

/** The same with the case of ASCII letters aside. */
export const globFolded: Relation = {
  ...pattern,
  cost: 80,
  evaluate: (value, right) => referenceGlob(String(right), String(value), true),
  emit: (value, right, constants) =>
    code`${constants.define(code`rt.globTest(${String(right)}, true)`)}(${value})`,
  emitAny: (value, right, constants) => emitAnyGlob(value, right, true, constants),
  emitBetween: (value, right) => code`rt.globMatches(${value}, ${right}, true)`,
};

function emitAnyGlob(value: Code, right: readonly Literal[], foldCase: boolean, constants: Constants): Code {
  const patterns = joinCode(right.map(String), code`, `);
  return code`${constants.define(code`rt.anyGlobTest([${patterns}], ${foldCase})`)}(${value})`;
}

/** A regular expression over the whole value. */
export const regex: Relation = {
  ...pattern,
  fields: false,
  literal: "regex",
  cost: 1000,
  evaluate: (value, right) => regexTest(String(right))(String(value)),
  emit: (value, right, constants) =>
    code`${constants.define(code`rt.regexTest(${String(right)})`)}(${value})`,
  emitAny(value, right, constants) {
    const patterns = joinCode(right.map(String), code`, `);
    return code`${constants.define(code`rt.anyRegexTest([${patterns}])`)}(${value})`;
  },
  emitBetween: null,
};
