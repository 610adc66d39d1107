// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { RuleCost } from "../bench/measure-rules.ts";
import { type CostReport, renderRuleCosts, spoilers } from "./rule-costs.ts";

const cost = (rule: string, ns: number): RuleCost => ({ rule, source: "syscall", ns, matches: 3 });

const report = (rules: readonly RuleCost[]): CostReport => ({
  costs: { events: 10, baseNs: 200, allNs: 90, rules },
  parts: new Map(),
  events: [
    { rule: "wide", source: "syscall", enabled: true, events: "all" },
    { rule: "narrow", source: "syscall", enabled: true, events: ["open"] },
  ],
});

it.each([
  ["as dear as the others", [cost("narrow", 100), cost("b", 90), cost("c", 80)], []],
  ["far dearer", [cost("narrow", 1000), cost("b", 9), cost("c", 8)], ["narrow"]],
  ["far dearer, but nobody would notice", [cost("narrow", 40), cost("b", 1), cost("c", 1)], []],
  ["tried on every event", [cost("wide", 60)], ["wide"]],
  ["tried on every event for next to nothing", [cost("wide", 5)], []],
])("warns of rules that are %s", (_title, rules, expected) => {
  const { events } = report(rules);
  expect(spoilers(rules, events).map(({ rule }) => rule)).toEqual(expected);
});

it("shows rules and parts, the dearest first, and says why a rule is dear", () => {
  const parts = [
    { condition: "fd.name exists", ns: 10, matches: 5, hasRegex: false },
    { condition: "proc.name regex a.*b", ns: 110, matches: 4, hasRegex: true },
  ];
  const rules = [cost("narrow", 1), cost("wide", 120)];
  const text = renderRuleCosts({ ...report(rules), parts: new Map([["wide", parts]]) }, 1, 120);
  expect(text).toBe(`10 events; 200 ns an event to read and follow them, 90 ns for 2 rules together
ns/event  matches  rule
   120.0        3  wide
1 cheaper rule not shown; see --top

parts of rule "wide", each as if it were tried first
ns/event  matches  part
   110.0        4  proc.name regex a.*b
    10.0        5  fd.name exists

warning: rule "wide" costs 120 ns an event; it is tried on every event type: restrict evt.type; most of it goes to proc.name regex a.*b: test first, with contains or startswith, for a text that the expression needs
`);
});
