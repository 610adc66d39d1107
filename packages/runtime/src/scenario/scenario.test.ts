// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert.ts";
import { type CaptureSink, type EventRecord, IDLE_SINK } from "../capture/records.ts";
import { CASES_MAX, expandCases, fillTemplates } from "./expand-cases.ts";
import { judgeScenario } from "./judge-scenario.ts";
import { readScenarios } from "./read-scenarios.ts";
import { simulateScenario } from "./simulate.ts";

const SHADOW = {
  tests: [
    {
      name: "read",
      rule: "Read",
      context: { processes: [{ name: "%{ item.reader }", args: "-n '/etc/a b'" }] },
      steps: [
        {
          type: "syscall",
          name: "op",
          syscall: "openat",
          args: { pathname: "/etc/shadow", flags: "O_RDONLY" },
        },
      ],
      expectedOutcome: {
        priority: "warning",
        outputFields: { "fd.name": "/etc/shadow", "proc.name": "%{ item.reader }" },
      },
      cases: [{ strategy: "matrix", values: { reader: ["cat", "less"] } }],
    },
  ],
};

const alert = (fields: Record<string, string | bigint | null>, rule = "Read"): Alert => ({
  rule,
  priority: "Warning",
  source: "syscall",
  tags: [],
  timestampNs: 0n,
  eventNumber: 1,
  message: "",
  output: "",
  outputFields: fields,
  hostname: "",
});

/** Codes of the events that a scenario sends, in order. */
function codesOf(file: unknown): { codes: number[]; problems: string[] } {
  const codes: number[] = [];
  const sink: CaptureSink = {
    ...IDLE_SINK,
    event: (record: EventRecord) => codes.push(record.code),
  };
  const { scenarios, problems } = readScenarios(file);
  const inexpressible = scenarios.flatMap((one) => [...simulateScenario(one, sink)]);
  return { codes, problems: [...problems, ...inexpressible].map((one) => one.message) };
}

describe("expandCases", () => {
  it("gives every combination of a matrix, the last name fastest", () => {
    const cases = [{ strategy: "matrix", values: { a: [1, 2], b: ["x", "y"] } }];
    expect(expandCases(cases)).toEqual({
      items: [
        { a: 1, b: "x" },
        { a: 1, b: "y" },
        { a: 2, b: "x" },
        { a: 2, b: "y" },
      ],
      dropped: 0,
    });
  });

  it("counts the combinations that are over the limit", () => {
    const values = {
      a: Array.from({ length: 200 }, (_, i) => i),
      b: Array.from({ length: 100 }, (_, i) => i),
    };
    const expanded = expandCases([{ strategy: "matrix", values }]);
    expect(expanded).toMatchObject({ dropped: 20_000 - CASES_MAX });
  });

  it.each([
    ["%{ item.a }", 5],
    ["x%{ item.a }y%{item.b}", "x5yz"],
    [
      ["%{ item.b }", { k: "%{ item.a }" }],
      ["z", { k: 5 }],
    ],
  ])("fills the template %j", (template, filled) => {
    expect(fillTemplates(template, { a: 5, b: "z" })).toEqual(filled);
  });
});

describe("readScenarios", () => {
  it("unfolds tests into cases", () => {
    const { scenarios } = readScenarios(SHADOW);
    expect(scenarios.map((one) => [one.name, one.processes[0]?.name, one.processes[0]?.args])).toEqual([
      ["read#1", "cat", ["-n", "/etc/a b"]],
      ["read#2", "less", ["-n", "/etc/a b"]],
    ]);
  });

  it.each([
    [null, 'a scenarios file is a mapping with a list "tests"'],
    [{ tests: [{ name: "x" }] }, '"rule" is missing'],
    [{ tests: [{ name: "x", rule: "r", steps: [{ type: "dance" }] }] }, 'unknown type of step "dance"'],
    [
      { tests: [{ name: "x", rule: "r", resources: [{ name: "n", type: "fd", subtype: "tv" }] }] },
      'unknown kind of descriptor "tv"',
    ],
    [
      { tests: [{ name: "x", rule: "r", cases: [{ strategy: "all", values: {} }] }] },
      'unknown strategy "all"; "matrix" and "vector" are known',
    ],
  ])("says what is wrong with %j", (file, message) => {
    expect(readScenarios(file).problems.map((one) => one.message)).toEqual([message]);
  });
});

describe("simulateScenario", () => {
  it("sends clone twice, execve, the step, and the end of the process", () => {
    const [CLONE, EXECVE, OPENAT, PROCEXIT] = [223, 293, 307, 186];
    const once = { tests: [{ ...SHADOW.tests[0], cases: undefined }] };
    expect(codesOf(once)).toEqual({ codes: [CLONE, CLONE, EXECVE, OPENAT, PROCEXIT], problems: [] });
  });

  it.each([
    [{ syscall: "getpid" }, 'the system call "getpid" has no event of its own'],
    [{ syscall: "openat", args: { flags: "O_NOPE" } }, 'openat: "O_NOPE" means nothing for flags'],
    [{ syscall: "dup2", args: { oldFd: ["$", "{ no.fd }"].join("") } }, 'dup2: nothing is called "no.fd"'],
  ])("says which step it cannot express: %j", (step, message) => {
    expect(codesOf({ tests: [{ name: "x", rule: "r", steps: [step] }] }).problems).toEqual([message]);
  });
});

describe("judgeScenario", () => {
  const [scenario] = readScenarios(SHADOW).scenarios;
  it.each([
    [[alert({ "fd.name": "/etc/shadow", "proc.name": "cat" })], []],
    [[], ['rule "Read" did not match; no rule did']],
    [[alert({}, "Other")], ['rule "Read" did not match; matched: "Other"']],
    [
      [alert({ "fd.name": "/etc/passwd", "proc.name": "cat" })],
      ['fd.name is "/etc/passwd", expected "/etc/shadow"'],
    ],
    [[alert({ "fd.name": null, "proc.name": "cat" })], ['fd.name is missing, expected "/etc/shadow"']],
  ])("%#", (alerts, complaints) => {
    expect(scenario === undefined ? null : judgeScenario(scenario, alerts)).toEqual(complaints);
  });

  it.each([
    ["INFO", "Informational", true],
    ["informational", "Informational", true],
    ["Warning", "Informational", false],
    ["high", "Informational", false],
  ] as const)("takes priority %s for %s: %s", (priority, given, same) => {
    const expected = { source: "syscall", priority, outputFields: {} };
    const [scenario] = readScenarios(SHADOW).scenarios;
    if (scenario === undefined) throw new Error("no scenario");
    const complaints = judgeScenario({ ...scenario, expected }, [{ ...alert({}), priority: given }]);
    expect(complaints.length === 0).toBe(same);
  });
});
