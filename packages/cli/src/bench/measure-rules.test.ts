// SPDX-License-Identifier: Apache-2.0
import { compile } from "@falcoc/compiler";
import { readEvents } from "@falcoc/runtime";
import { expect, it } from "vitest";
import type { EventStream } from "./event-stream.ts";
import { measureParts } from "./measure-parts.ts";
import { measureRules } from "./measure-rules.ts";

const RULES = `
- rule: Shell
  desc: d
  condition: evt.type = execve and proc.name in (bash, sh) and proc.tty != 0
  output: o
  priority: INFO
- rule: Off
  desc: d
  condition: evt.type = execve
  output: o
  priority: INFO
  enabled: false
`;
const EVENTS = [
  { "evt.type": "execve", "proc.name": "sh", "proc.tty": 0 },
  { "evt.type": "execve", "proc.name": "bash", "proc.tty": 1 },
  { "evt.type": "open", "proc.name": "bash", "proc.tty": 1 },
];

const result = compile([{ path: "rules.yaml", text: RULES }]);
const { cases } = readEvents(EVENTS.map((event) => JSON.stringify(event)).join("\n"), { path: "events" });
const events = cases.flatMap((one) => one.events);
const stream: EventStream = async (onEvent) => events.forEach(onEvent);

// So few events that one pass is below a step of the clock.
it("measures enabled rules on any number of events", async () => {
  const steps: string[] = [];
  const costs = await measureRules(result.ruleset, stream, (done, all) => steps.push(`${done}/${all}`));
  expect(costs).toMatchObject({ events: 3, rules: [{ rule: "Shell", source: "syscall", matches: 1 }] });
  expect(costs.rules.every(({ ns }) => ns >= 0)).toBe(true);
  expect(steps).toEqual(["0/1", "1/1"]);
});

it("measures the parts of a rule on the events of its types", async () => {
  const parts = await measureParts(result, "Shell", stream, {}, () => {});
  expect(parts.map(({ condition, matches }) => [condition, matches])).toEqual([
    ["proc.name in (bash, sh)", 2],
    ["proc.tty != 0", 1],
  ]);
});

it("measures nothing without events", async () => {
  const costs = await measureRules(
    result.ruleset,
    async () => {},
    () => {},
  );
  expect(costs).toEqual({ events: 0, baseNs: 0, allNs: 0, rules: [] });
});
