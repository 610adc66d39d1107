// SPDX-License-Identifier: Apache-2.0
import { ALL_EVENT_TYPES, inferEventTypes, isEveryEvent } from "@falcoc/compiler";
import { ASYNC_EVENT_CODE, EVENTS, PLUGIN_EVENT_CODE } from "@falcoc/compiler/catalog";
import { parseCondition } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { codes, loaded, namedRule, rule } from "./language.ts";

/** Codes that a condition can match: "all", or without those of a negated set `all but`. */
function inferred(condition: string): string {
  const result = parseCondition(condition);
  if (!result.ok) throw new Error(result.error.message);
  const types = inferEventTypes(result.condition);
  if (!types.ok) return `✗ ${types.message}`;
  if (isEveryEvent(types.types)) return "all";
  const { codes } = types.types;
  if (codes.length < ALL_EVENT_TYPES.codes.length / 2) return codes.join(" ");
  return `all but ${ALL_EVENT_TYPES.codes.filter((code) => !codes.includes(code)).join(" ")}`;
}

describe("events of a condition", () => {
  it.each([
    ["evt.type=open", "2 3"],
    ["evt.type in (open, close)", "2 3 4 5"],
    ["evt.type=openat", "102 103 306 307"],
    ["evt.type=openat2", "326 327"],
    ["evt.type=accept4", "388 389"],
    ["evt.type=container", "228 272 324"],
    ["evt.type=getrandom", "0 1"],
    ["evt.type in (getrandom, open)", "0 1 2 3"],
    ["evt.type=setuid32", "0 1"],
    ["syscall.type=open", "2 3"],
    ["syscall.type=foo", ""],
    ["evt.type!=open", "all but 2 3"],
    ["not evt.type=open", "all but 2 3"],
    ["not evt.type!=open", "2 3"],
    ["evt.type exists", "all"],
    ["not evt.type exists", ""],
    ["evt.type in ()", ""],
    ["not evt.type in ()", "all"],
    ["evt.type=open and proc.name=x", "2 3"],
    ["evt.type=open or proc.name=x", "all"],
    ["not (evt.type=open and proc.name=x)", "all"],
    ["not (evt.type=open or proc.name=x)", "all but 2 3"],
    ["evt.type=open and evt.type=close", ""],
    ["not (evt.type=open or not evt.type=close)", "4 5"],
    ["evt.type = anyof (open)", "all"],
    ["evt.type startswith ope", "all"],
    ["evt.type intersects (open)", "all"],
    ["evt.type pmatch (open)", "all"],
    ["proc.name=x", "all"],
    ["not proc.name=x", "all"],
    ["m", "all"],
    ["evt.num=0", ""],
    ["evt.num in (0, 0)", ""],
    ["evt.num in ()", ""],
    ["not evt.num=0", "all"],
    ["evt.num < 1", ""],
    ["evt.num <= 0", ""],
    ["evt.num >= 1", "all"],
    ["not evt.num > 0", ""],
    ["evt.num = 5", "all"],
    ["evt.num < -1", "all"],
    ["evt.num = 0x0", "all"],
    ["tolower(evt.type) = open", "✗ event code search does not support transformers"],
    ["evt.type = val(proc.name)", "✗ right-hand field comparisons on"],
  ])("%s: %s", (condition, expected) => {
    const actual = inferred(condition);
    if (expected.startsWith("✗")) expect(actual.slice(0, 30)).toBe(expected.slice(0, 30));
    else expect(actual).toBe(expected);
  });

  it("are those of the name, of all versions and both directions", () => {
    expect(inferred("evt.type=execve").split(" ")).toHaveLength(16);
    expect(inferred("evt.type=accept").split(" ")).toHaveLength(8);
    for (const code of inferred("evt.type=clone").split(" "))
      expect(EVENTS[Number(code)]?.name).toBe("clone");
  });
});

describe("events of rules", () => {
  const eventsOf = (...texts: readonly string[]) => loaded(texts).ruleset.rules.map(({ events }) => events);

  it("hold for rules of the kernel; those of plugins see plugin events", () => {
    expect(eventsOf(rule("evt.type=open"))).toEqual([[2, 3]]);
    expect(eventsOf(rule("ka.verb=get", "source: k8s_audit"))).toEqual([[PLUGIN_EVENT_CODE]]);
  });

  it("leave a rule that nothing can satisfy in place", () => {
    const text = namedRule("a", "evt.type=open and evt.type=close") + namedRule("b", "evt.type=open");
    expect(eventsOf(text)).toEqual([[], [2, 3]]);
    expect(codes([text])).toEqual(["ok"]);
    expect(loaded([text]).ruleset.rules[0]?.enabled).toBe(true);
    expect(ASYNC_EVENT_CODE).toBe(402);
  });

  it("draw a warning from a hundred codes on", () => {
    expect(codes([rule("evt.type!=open")])).toEqual(["NO_EVTTYPE"]);
    expect(codes([rule("evt.type in (execve, clone, openat)")])).toEqual(["ok"]);
  });
});
