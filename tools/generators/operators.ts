// SPDX-License-Identifier: Apache-2.0
import {
  MODIFIERS,
  type Modifier,
  OPERATOR_NAMES,
  OPERATORS,
  type Operator,
  TRANSFORMERS,
} from "@falcoc/parser";
import { OPERATOR_DEFINITIONS } from "../../packages/compiler/src/operators/index.ts";
import { code, type Page, table } from "./page.ts";

export const operatorsPage: Page = {
  path: "docs/reference/operators.md",
  from: "`packages/parser/src/operators.ts` and `packages/compiler/src/operators`",
  text() {
    return `# Operators

A check is a field, an operator and, but for \`exists\`, a right side. A field without a value makes every check false,
\`!=\` too; \`not\` around the check makes it true.

${table(
  ["Operator", "Right side", "Types", "Lists", "Holds when"],
  OPERATOR_NAMES.map((name) => [code(name), rightSide(name), types(name), lists(name), MEANING[name]]),
)}

The right side may also be another field, as \`val(field)\` or as a transformer call, for ${joined(comparesFields())}.

## Modifiers

A modifier stands behind an operator that takes a text, and makes it take a list: \`proc.name startswith anyof (a, b)\`.

${table(
  ["Modifier", "Holds when"],
  MODIFIERS.map((name) => [code(name), MODIFIER_MEANING[name]]),
)}

The engine does not look at such checks of \`evt.type\` when it finds out which events a rule is about.

## Transformers

${joined(TRANSFORMERS.map(code))} change a value before it is compared: \`tolower(proc.name) = bash\`. \`val(field)\` on
the right side is the value of another field.
`;
  },
};

/** What each operator means, in a few words. */
const MEANING = {
  exists: "the field has a value",
  "<=": "the value is less, or the same",
  "<": "the value is less; texts are compared byte by byte",
  ">=": "the value is greater, or the same",
  ">": "the value is greater",
  "==": "the same as `=`",
  "=": "the value is the same; an address lies in the network",
  "!=": "there is a value, and it is another one",
  glob: "the whole text matches a shell pattern, in which `*` also matches `/`",
  iglob: "the same with the case of letters aside",
  contains: "the text has the other one in it",
  icontains: "the same with the case of letters aside",
  bcontains: "the bytes have those in it that are given in hexadecimal",
  startswith: "the text begins with the other one",
  bstartswith: "the bytes begin with those that are given in hexadecimal",
  endswith: "the text ends with the other one",
  regex: "the whole text matches a regular expression (POSIX syntax, linear time)",
  intersects: "one of the values is among those listed",
  in: "the value, or every value of a list, is among those listed",
  pmatch: "the path is one of those listed, or lies below one",
} as const satisfies Record<Operator, string>;

const MODIFIER_MEANING = {
  oneof: "the check holds for exactly one position of the list",
  anyof: "the check holds for one of the values at least",
  allof: "the check holds for every one of the values",
} as const satisfies Record<Modifier, string>;

const SHAPES = { none: "none", number: "a number", text: "a text", list: "a list" } as const;

function rightSide(name: Operator): string {
  const { shape, modifiers } = OPERATORS[name];
  return `${SHAPES[shape]}${modifiers ? "; a list with a modifier" : ""}`;
}

function definitionOf(name: Operator) {
  if (name === "exists") return null;
  return OPERATOR_DEFINITIONS[name === "==" ? "=" : name];
}

function types(name: Operator): string {
  return definitionOf(name)?.classes.join(", ") ?? "all";
}

function lists(name: Operator): string {
  return definitionOf(name)?.lists === false ? "no" : "yes";
}

function comparesFields(): readonly string[] {
  return OPERATOR_NAMES.filter((name) => definitionOf(name)?.fields === true).map(code);
}

function joined(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
