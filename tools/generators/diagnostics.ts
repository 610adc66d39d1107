// SPDX-License-Identifier: Apache-2.0
import { LINT_RULES, LOAD_CODES } from "@falcoc/compiler";
import { OWN_CODES } from "../../packages/compiler/src/load/own-codes.ts";
import { code, type Page, table } from "./page.ts";

export const diagnosticsPage: Page = {
  path: "docs/reference/diagnostics.md",
  from: "`packages/compiler/src/load/load-codes.ts`, `own-codes.ts` and `packages/compiler/src/lint/rules`",
  text() {
    return `# Diagnostics

Every finding has a code that stays the same. Codes that begin with \`LOAD_\` are the engine's own; they mean here what
they mean there. A comment \`# falcoc-ignore CODE: reason\` silences what is no error, on its line or, on a line of its
own, for the item or line below.

## Loading, as the engine reports it

${table(
  ["Code", "Severity", "Name", "Meaning"],
  Object.entries(LOAD_CODES).map(([name, one]) => [code(name), one.severity, one.label, one.explanation]),
)}

## Loading, where the engine is silent

${table(
  ["Code", "Meaning"],
  Object.entries(OWN_CODES).map(([name, meaning]) => [code(name), meaning]),
)}

## Linter

${table(
  ["Code", "Severity", "Finds"],
  LINT_RULES.map((rule) => [
    `[${code(rule.code)}](lint.md#${rule.code.toLowerCase()})`,
    rule.group === null ? rule.severity : `${rule.severity}, opt-in`,
    rule.summary,
  ]),
)}
`;
  },
};
