// SPDX-License-Identifier: Apache-2.0
import { type Code, code, joinCode } from "../emit/code.ts";
import type { Constants } from "../emit/constants.ts";
import type { Literal } from "../ir/expr.ts";
import { asciiLower } from "../program/ascii.ts";
import type { Relation } from "./define.ts";

const search = {
  kind: "relation",
  classes: ["string", "buffer"],
  lists: false,
  fields: true,
  literal: "typed",
  cost: 30,
  likelihood: 0.1,
} as const;

/** A search for bytes; an empty text is found in every value. */
export const contains: Relation = {
  ...search,
  evaluate: (value, right) => String(value).indexOf(String(right)) >= 0,
  emit: (value, right) => code`${value}.includes(${String(right)})`,
  emitAny: (value, right, constants) => emitAnySearch(code`rt.searchTest`, value, right, constants),
  emitBetween: (value, right) => code`${value}.includes(${right})`,
};

/** The same with the case of ASCII letters aside. */
export const containsFolded: Relation = {
  ...search,
  classes: ["string"],
  cost: 100,
  evaluate: (value, right) => asciiLower(String(value)).indexOf(asciiLower(String(right))) >= 0,
  emit: (value, right) => code`rt.asciiLower(${value}).includes(${asciiLower(String(right))})`,
  emitBetween: (value, right) => code`rt.includesFolded(${value}, ${right})`,
};

/** `contains` with its literal in hexadecimal digits. */
export const containsHex: Relation = { ...contains, classes: ["buffer"], literal: "hex" };

export const startsWith: Relation = {
  ...search,
  cost: 8,
  evaluate: (value, right) => String(value).slice(0, String(right).length) === right,
  emit: (value, right) => code`${value}.startsWith(${String(right)})`,
  emitAny: (value, right, constants) => emitAnySearch(code`rt.prefixTest`, value, right, constants),
  emitBetween: (value, right) => code`${value}.startsWith(${right})`,
};

/** `startswith` with its literal in hexadecimal digits. */
export const startsWithHex: Relation = { ...startsWith, classes: ["buffer"], literal: "hex" };

export const endsWith: Relation = {
  ...search,
  cost: 8,
  evaluate: (value, right) => right === "" || String(value).slice(-String(right).length) === right,
  emit: (value, right) => code`${value}.endsWith(${String(right)})`,
  emitAny: (value, right, constants) => emitAnySearch(code`rt.suffixTest`, value, right, constants),
  emitBetween: (value, right) => code`${value}.endsWith(${right})`,
};

/** Every text has an empty one in it, at its start and at its end. */
function emitAnySearch(test: Code, value: Code, right: readonly Literal[], constants: Constants): Code {
  if (right.includes("")) return code`true`;
  const texts = joinCode(right.map(String), code`, `);
  return code`${constants.define(code`${test}([${texts}])`)}(${value})`;
}
