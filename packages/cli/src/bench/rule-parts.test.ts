// SPDX-License-Identifier: Apache-2.0
import { compile } from "@falcoc/compiler";
import { expect, it } from "vitest";
import { rulePartsOf } from "./rule-parts.ts";

function partsOf(condition: string, source = "syscall") {
  const rule = { rule: "A", desc: "d", condition, output: "o", priority: "INFO", source };
  const macro = { macro: "shell", condition: "proc.name in (bash, sh) and proc.tty != 0" };
  return rulePartsOf(compile([{ path: "rules.yaml", text: JSON.stringify([macro, rule]) }]), "A");
}

it.each([
  [
    "evt.type in (execve, open) and shell and not user.name = root",
    "evt.type in (execve, open)",
    ["proc.name in (bash, sh)", "proc.tty != 0", "not user.name = root"],
  ],
  [
    "evt.type = execve or evt.type = open and fd.name exists",
    "evt.type in (execve, open)",
    ["(evt.type = execve or (evt.type = open and fd.name exists))"],
  ],
  ['proc.name regex "(a|b) c" and proc.pid > 1', null, ['proc.name regex "(a|b) c"', "proc.pid > 1"]],
  ["evt.type = open", "evt.type in (open)", []],
])("takes %s apart", (condition, guard, parts) => {
  const found = partsOf(condition);
  expect([found.guard, found.parts.map((part) => part.condition)]).toEqual([guard, parts]);
});

it("needs no guard where there is one event type", () => {
  expect(partsOf("ka.verb = get", "k8s_audit").guard).toBe(null);
});

it("knows parts with regular expressions", () => {
  const { parts } = partsOf("proc.pid > 1 and (proc.tty = 0 or proc.name regex a.*b)");
  expect(parts.map((part) => part.hasRegex)).toEqual([false, true]);
});
