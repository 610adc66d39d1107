// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { compile } from "../compile.ts";
import { explainProgram } from "../link-program.ts";
import type { PlanStep } from "./explain-plan.ts";

const RULES = `
- rule: A
  desc: x
  condition: evt.type = open and fd.name startswith /etc and proc.name in (a, b)
  output: x
  priority: INFO
- rule: B
  desc: x
  condition: evt.type = open and fd.name startswith /etc and not proc.name = c
  output: x
  priority: INFO
- rule: C
  desc: x
  condition: evt.type = close and fd.num = 4
  output: x
  priority: INFO
`;

function planOf(code: number): readonly unknown[] {
  const { ruleset, loaded } = compile([{ path: "rules.yaml", text: RULES }]);
  const groups = explainProgram(ruleset, loaded.active?.rules ?? []);
  const texts = (step: PlanStep): unknown => [
    step.tests.map(({ text }) => text),
    step.rules,
    step.steps.map(texts),
  ];
  const group = groups.find(({ codes }) => codes !== "other" && codes.includes(code));
  return group?.steps.map(texts) ?? [];
}

const OPEN_EXIT = 3;
const CLOSE_EXIT = 5;
const READ_EXIT = 7;

it("tells which tests are made for which events, shared ones once", () => {
  expect(planOf(OPEN_EXIT)).toEqual([
    [
      ['fd.name startswith "/etc"'],
      [],
      [
        [['proc.name in ("a", "b")'], [0], []],
        [['not proc.name = "c"'], [1], []],
      ],
    ],
  ]);
  expect(planOf(CLOSE_EXIT)).toEqual([[["fd.num = 4"], [2], []]]);
  expect(planOf(READ_EXIT)).toEqual([]);
});
