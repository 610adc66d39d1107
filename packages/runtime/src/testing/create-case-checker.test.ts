// SPDX-License-Identifier: Apache-2.0
import { PROGRAM_VERSION, type Program, type ProgramRule } from "@falcoc/compiler/program";
import { describe, expect, it } from "vitest";
import { readEvents } from "../events/read-events.ts";
import { createCaseChecker } from "./create-case-checker.ts";
import { fitsPattern } from "./fits-pattern.ts";

const NAMES = ["Rule A", "Rule B", "Rule off"];

/** A rule matches events whose process has the last word of its name. */
const PROGRAM: Program = {
  version: PROGRAM_VERSION,
  engineVersion: "0.63.0",
  fields: [
    {
      text: "proc.name",
      name: "proc.name",
      argument: null,
      type: "CHARBUF",
      isList: false,
      print: "NA",
      comparison: "value",
      filterOnly: false,
      provider: "native",
    },
  ],
  rules: NAMES.map(
    (name): ProgramRule => ({
      name,
      description: "",
      source: "syscall",
      priority: "Notice",
      tags: [],
      enabled: !name.endsWith("off"),
      output: {
        kind: "template",
        tolerant: true,
        parts: [
          { kind: "text", text: "seen " },
          { kind: "token", value: { kind: "field", slot: 0 }, width: null },
        ],
      },
      extraFields: [],
      events: "all",
      syscalls: "all",
      capture: false,
      captureDurationMs: 0,
      path: "rules.yaml",
      line: 1,
    }),
  ),
  code: `const name = field(0);
    const matches = (event) => [0, 1, 2].filter((i) => enabled(i) && (name(event) ?? "").includes("AB "[i]));
    return { first: (e) => matches(e)[0] ?? -1, all: (e, s, c, found) => found.push(...matches(e)), mayMatch: () => true };`,
};

const A = { "proc.name": "A" };
const B = { "proc.name": "B" };

function check(testCase: object) {
  const { cases, problems } = readEvents(JSON.stringify(testCase), { path: "cases.json" });
  expect(problems).toEqual([]);
  return cases.map(createCaseChecker(PROGRAM))[0];
}

describe("createCaseChecker", () => {
  it.each<[string, object, readonly string[]]>([
    ["passes what is as expected", { event: A, expect: ["Rule A"] }, []],
    ["passes when nothing matches and nothing may", { event: { "proc.name": "x" }, expect: [] }, []],
    ["takes one rule without a list", { event: A, expect: "Rule A" }, []],
    [
      "finds a rule that did not match",
      { event: B, expect: ["Rule A", "Rule B"] },
      ['rule "Rule A" did not match'],
    ],
    [
      "finds a rule that is not expected",
      { events: [A, B, B], expect: ["Rule A"] },
      ['rule "Rule B" matched events 2, 3, but is not expected'],
    ],
    ["lets others match where they may", { events: [A, B], expect: ["Rule A"], exactly: false }, []],
    ["says nothing of others when it only rejects", { event: A, reject: ["Rule B"] }, []],
    [
      "finds a rejected rule",
      { event: A, reject: ["Rule A"] },
      ['rule "Rule A" matched event 1, but must not'],
    ],
    [
      "reports a rejected rule once",
      { events: [A, B], expect: ["Rule A"], reject: ["Rule B"] },
      ['rule "Rule B" matched event 2, but must not'],
    ],
    [
      "tells a misspelt rule",
      { event: A, expect: ["Rule a"], exactly: false },
      ['rule "Rule a" did not match: there is no rule of that name; did you mean "Rule A"?'],
    ],
    [
      "tells a misspelt rule that is rejected",
      { event: A, reject: ["Rulle B"] },
      ['rule "Rulle B" cannot be rejected: there is no rule of that name; did you mean "Rule B"?'],
    ],
    [
      "tells a disabled rule",
      { event: { "proc.name": " " }, expect: ["Rule off"] },
      ['rule "Rule off" did not match: it is disabled'],
    ],
    ["compares outputs", { event: A, output: { "Rule A": "s*n A" } }, []],
    [
      "finds another output",
      { event: A, output: { "Rule A": "seen B" } },
      ['output of rule "Rule A" is "seen A", expected "seen B"'],
    ],
    [
      "wants the rule of an output to match",
      { event: B, output: { "Rule A": "*" } },
      ['rule "Rule A" did not match'],
    ],
    [
      "takes one fitting output of several",
      { events: [A, { "proc.name": "AA" }], output: { "Rule A": "*AA" } },
      [],
    ],
  ])("%s", (_, testCase, failures) => {
    expect(check(testCase)).toMatchObject({ status: failures.length === 0 ? "passed" : "failed", failures });
  });

  it("leaves cases without expectations unchecked, and tells what matched", () => {
    expect(check({ name: "two", events: [B, { "proc.name": "AB" }] })).toEqual({
      name: "two",
      path: "cases.json",
      line: 1,
      status: "unchecked",
      failures: [],
      matches: [
        { rule: "Rule B", event: 1, message: "seen B" },
        { rule: "Rule A", event: 2, message: "seen AB" },
        { rule: "Rule B", event: 2, message: "seen AB" },
      ],
    });
  });
});

describe("fitsPattern", () => {
  it.each([
    ["abc", "abc", true],
    ["abc", "ab", false],
    ["abc", "*", true],
    ["", "*", true],
    ["abc", "a*c", true],
    ["ac", "a*c", true],
    ["abab", "*ab", true],
    ["aba", "ab*ba", false],
    ["a.b.c", "a*b*c", true],
    ["a.c.b", "a*b*c", false],
    ["a[x]", "a[*]", true],
  ])("%j fits %j: %s", (text, pattern, fits) => {
    expect(fitsPattern(text, pattern)).toBe(fits);
  });
});
