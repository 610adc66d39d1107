// SPDX-License-Identifier: Apache-2.0
import { EVENTS, SYSCALLS } from "@falcoc/compiler/catalog";
import type { Program, ProgramRule } from "@falcoc/compiler/program";
import { expect, it } from "vitest";
import { wantedEvents } from "./wanted-events.ts";

const codesOf = (name: string) => EVENTS.filter((event) => event.name === name).map((event) => event.code);
const generic = SYSCALLS.find((syscall) => syscall.generic && syscall.name === "getrandom");

type Needs = Pick<ProgramRule, "source" | "events" | "syscalls">;

const open: Needs = { source: "syscall", events: codesOf("open"), syscalls: [] };
const exit: Needs = { source: "syscall", events: codesOf("procexit"), syscalls: [] };
const random: Needs = { source: "syscall", events: [0, 1], syscalls: [generic?.code ?? -1] };
const any: Needs = { source: "syscall", events: "all", syscalls: "all" };
const audit: Needs = { source: "k8s_audit", events: "all", syscalls: [] };

function check(rules: readonly Needs[], off: readonly Needs[] = []): string[] | null {
  const wanted = wantedEvents({ rules } as unknown as Program, (rule) => !off.includes(rules[rule] as Needs));
  return wanted === null ? null : [...wanted].sort();
}

it.each([
  ["no rules", [], [], []],
  ["events of all rules", [open, exit], [], ["open", "procexit"]],
  ["system calls that share an event", [random], [], ["getrandom", "syscall"]],
  ["a rule on everything", [open, any], [], null],
  ["a rule that is off", [open, any], [any], ["open"]],
  ["rules of other sources", [audit, open], [], ["open"]],
] as const)("%s", (_, rules, off, expected) => {
  expect(check(rules, off)).toEqual(expected);
});
