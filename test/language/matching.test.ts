// SPDX-License-Identifier: Apache-2.0
import type { Priority, RuleChange } from "@falcoc/compiler/program";
import { createEngine, type EngineOptions, flatEvent } from "@falcoc/runtime";
import { describe, expect, it } from "vitest";
import { loaded, namedRule } from "./language.ts";

const RULES = [
  namedRule("a", "evt.type=open", "tags: [x]"),
  namedRule("b", "evt.type=open and proc.name=bash", "tags: [x, y]", "enabled: false"),
  namedRule("c", "proc.name=bash", "warn_evttypes: false").replace("INFO", "ERROR"),
  namedRule("d", "evt.type=close"),
  namedRule("k", "ka.verb=get", "source: k8s_audit"),
].join("");

/** Names of the rules that match an event. */
function matching(
  record: Readonly<Record<string, string>>,
  options: EngineOptions = {},
  priority?: Priority,
): string {
  const { ruleset } = loaded([RULES], priority === undefined ? {} : { priority });
  const made = flatEvent(record);
  if (!made.ok) throw new Error(made.problems.join("; "));
  const engine = createEngine(ruleset, { ruleMatching: "all", ...options });
  return engine
    .matches(made.event)
    .map((number) => ruleset.rules[number]?.name)
    .join("");
}

const OPENED = { "evt.type": "open", "proc.name": "bash" };
const byName = (enable: boolean, pattern: string): RuleChange => ({
  enable,
  select: { by: "name", pattern },
});
const byTag = (enable: boolean, tag: string): RuleChange => ({ enable, select: { by: "tags", tags: [tag] } });

describe("rules that match an event", () => {
  it.each<[string, EngineOptions, string]>([
    ["all of them, in load order", {}, "ac"],
    ["the first", { ruleMatching: "first" }, "a"],
    ["with one enabled by name", { rules: [byName(true, "b")] }, "abc"],
    ["with some disabled by a pattern", { rules: [byName(false, "*")] }, ""],
    ["with the last change of each", { rules: [byName(false, "*"), byName(true, "a")] }, "a"],
    ["with one enabled by tag", { rules: [byTag(true, "y")] }, "abc"],
    ["with one disabled by another of its tags", { rules: [byTag(true, "y"), byTag(false, "x")] }, "c"],
    ["with names in other letters left alone", { rules: [byName(false, "A")] }, "ac"],
    ["urgent ones only", { minimumPriority: "Error" }, "c"],
    ["urgent ones only, whatever is enabled", { minimumPriority: "Error", rules: [byName(true, "*")] }, "c"],
  ])("%s", (_, options, expected) => expect(matching(OPENED, options)).toBe(expected));

  it("are of the event's source", () => {
    expect(matching({ "ka.verb": "get" })).toBe("k");
    expect(matching({ "evt.type": "close", "proc.name": "bash" })).toBe("cd");
  });

  it("are not those that were compiled away", () => expect(matching(OPENED, {}, "Error")).toBe("c"));

  it("keep the order of the first definition", () => {
    const texts = [
      namedRule("a", "evt.type=close") + namedRule("b", "evt.type=open"),
      namedRule("a", "evt.type=open"),
    ];
    expect(loaded(texts).ruleset.rules.map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

describe("patterns of rule names", () => {
  it.each([
    ["*", "", true],
    ["a*c", "abc", true],
    ["a*c", "abcd", false],
    ["*ab", "abab", false],
    ["*ab", "xab", true],
    ["a", "A", false],
    ["", "a", false],
  ])("%j on %j: %s", (pattern, name, expected) => {
    const text = namedRule(name || "r", "evt.type=open");
    const { ruleset } = loaded([text]);
    const engine = createEngine(ruleset, { rules: [byName(false, pattern)] });
    expect(engine.isEnabled(0)).toBe(!expected);
  });
});
