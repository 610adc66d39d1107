// SPDX-License-Identifier: Apache-2.0
import type { CompileResult, PlanGroup, PlanStep, PlanTest } from "@falcoc/compiler";
import { explainProgram } from "@falcoc/compiler";
import { EVENTS } from "@falcoc/compiler/catalog";

const INDENT = "  ";

/** How often a test is made, by how long its result is kept. */
const MADE: Readonly<Record<PlanTest["kept"], string>> = {
  no: "each time",
  event: "once an event",
  process: "once a process",
  text: "once a text",
};

const INTRODUCTION = [
  "Tests in the order in which they are made, and the rules that match when all tests above them hold.",
  "once a process: again only when its program, its ancestors, its user or its container change;",
  "once a text:    again only for another value of the field;",
  "once an event:  for all rules together; each time: wherever it stands.",
  "Events of types that are not listed cost nothing.",
];

/** The lines that tell how compiled rules are evaluated. */
export function evaluationPlan({ ruleset, loaded }: CompileResult): readonly string[] {
  const names = ruleset.rules.map(({ name }) => name);
  const groups = explainProgram(ruleset, loaded.active?.rules ?? []).filter(({ steps }) => steps.length > 0);
  return [
    ...INTRODUCTION,
    ...groups.flatMap((group) => [
      "",
      heading(group),
      ...group.steps.flatMap((step) => stepLines(step, names, 1)),
    ]),
  ];
}

function heading({ source, codes }: PlanGroup): string {
  if (codes === "other") return `${source}: events of types that are not known beforehand`;
  const types = new Set(codes.map((code) => EVENTS[code]?.name ?? ""));
  return `${source}: ${[...types].sort().join(", ")}`;
}

function stepLines(
  { tests, rules, steps }: PlanStep,
  names: readonly string[],
  depth: number,
): readonly string[] {
  const indent = INDENT.repeat(depth);
  const inner = tests.length === 0 ? depth : depth + 1;
  return [
    ...tests.map(({ text, kept }) => `${indent}${text}  [${MADE[kept]}]`),
    ...rules.map((rule) => `${INDENT.repeat(inner)}-> ${names[rule]}`),
    ...steps.flatMap((step) => stepLines(step, names, inner)),
  ];
}
