// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { plain } from "../terminal.ts";
import { renderTestJson } from "./test-json.ts";
import { renderJunit } from "./test-junit.ts";
import { renderTestPretty } from "./test-pretty.ts";
import type { CaseReport, SuiteReport, TestReport } from "./test-report.ts";
import { renderTap } from "./test-tap.ts";

const match = { rule: "Shell", event: 1, message: 'a "shell" <1>' };

function caseReport(fields: Partial<CaseReport>): CaseReport {
  return {
    name: "case",
    path: "cases.yaml",
    line: 3,
    status: "passed",
    matches: [],
    failures: [],
    durationMs: 1.5,
    ...fields,
  };
}

function suiteReport(fields: Partial<SuiteReport>): SuiteReport {
  return {
    name: "suite",
    files: [],
    errors: [],
    problems: [],
    cases: [],
    otherEvents: 0,
    durationMs: 2,
    ...fields,
  };
}

const mixed: TestReport = {
  suites: [
    suiteReport({
      name: "a & b",
      cases: [
        caseReport({ name: "passes #1" }),
        caseReport({
          name: "fails",
          line: 7,
          status: "failed",
          matches: [match],
          failures: ["no\u0007 match"],
        }),
        caseReport({
          name: "line 1",
          path: "e.jsonl",
          line: 1,
          status: "unchecked",
          matches: [match, match],
        }),
        caseReport({ name: "line 10", path: "e.jsonl", line: 10, status: "unchecked" }),
      ],
    }),
    suiteReport({
      name: "broken",
      files: [{ path: "r.yaml", text: "rule: x" }],
      errors: [
        {
          code: "LOAD_ERR",
          severity: "error",
          message: "No list",
          span: { path: "r.yaml", start: 0, end: 4 },
        },
      ],
      problems: ["e.jsonl:2: not an object"],
    }),
  ],
};

describe("test reports", () => {
  it("for people", () => {
    expect(renderTestPretty(mixed, plain, 80)).toBe(
      [
        "a & b",
        "  \u2713 passes #1",
        "  \u2717 fails (cases.yaml:7)",
        "      no\u2407 match",
        '      event 1 matched "Shell": a "shell" <1>',
        "  e.jsonl:1   Shell (2 times)",
        "  e.jsonl:10  no rule",
        "",
        "broken",
        "  r.yaml:1:1: error: No list [LOAD_ERR]",
        "    1 | rule: x",
        "      | ^^^^",
        "  ! e.jsonl:2: not an object",
        "",
        "2 suites: 1 passed, 1 failed, 1 suite with rules that do not load, 1 unreadable event, 2 events without expectations, 1 matched",
        "",
      ].join("\n"),
    );
  });

  it("as JSON", () => {
    const document = JSON.parse(renderTestJson(mixed));
    expect(document.counts).toEqual({
      passed: 1,
      failed: 1,
      unchecked: 2,
      matched: 1,
      broken: 1,
      problems: 1,
    });
    expect(document.suites[0].cases[1]).toEqual(mixed.suites[0]?.cases[1]);
    expect(document.suites[1].errors[0].place.start).toEqual({ offset: 0, line: 1, column: 1 });
  });

  it("as JUnit", () => {
    expect(renderJunit(mixed)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="falcoc" tests="6" failures="1" errors="2">',
        '  <testsuite name="a &#38; b" tests="4" failures="1" errors="0" skipped="2" time="0.002000">',
        '    <testcase name="passes #1" classname="a &#38; b" file="cases.yaml" line="3" time="0.001500"/>',
        '    <testcase name="fails" classname="a &#38; b" file="cases.yaml" line="7" time="0.001500">',
        '      <failure message="no\ufffd match">cases.yaml:7&#10;no\ufffd match</failure>',
        "    </testcase>",
        '    <testcase name="e.jsonl line 1" classname="a &#38; b" file="e.jsonl" line="1" time="0.001500">',
        '      <skipped message="no expectations"/>',
        "      <system-out>matched: Shell (2 times)</system-out>",
        "    </testcase>",
        '    <testcase name="e.jsonl line 10" classname="a &#38; b" file="e.jsonl" line="10" time="0.001500">',
        '      <skipped message="no expectations"/>',
        "      <system-out>no rule matched</system-out>",
        "    </testcase>",
        "  </testsuite>",
        '  <testsuite name="broken" tests="2" failures="0" errors="2" skipped="0" time="0.002000">',
        '    <testcase name="rules load" classname="broken">',
        '      <error type="LOAD_ERR" message="No list"/>',
        "    </testcase>",
        '    <testcase name="events can be read" classname="broken">',
        '      <error type="events" message="e.jsonl:2: not an object"/>',
        "    </testcase>",
        "  </testsuite>",
        "</testsuites>",
        "",
      ].join("\n"),
    );
  });

  it("as TAP", () => {
    expect(renderTap(mixed)).toBe(
      [
        "TAP version 14",
        "1..6",
        "ok 1 - a & b: passes \\#1",
        "not ok 2 - a & b: fails",
        "  ---",
        '  message: "no\\u0007 match"',
        '  at: {"file":"cases.yaml","line":7}',
        '  matches: [{"rule":"Shell","event":1,"message":"a \\"shell\\" <1>"}]',
        "  ...",
        "ok 3 - a & b: e.jsonl line 1 # SKIP no expectations; matched Shell (2 times)",
        "ok 4 - a & b: e.jsonl line 10 # SKIP no expectations; no rule matched",
        "not ok 5 - broken: rules load",
        "  ---",
        '  message: "No list"',
        "  ...",
        "not ok 6 - broken: events can be read",
        "  ---",
        '  message: "e.jsonl:2: not an object"',
        "  ...",
        "",
      ].join("\n"),
    );
  });

  it("without suites", () => {
    expect(renderTestPretty({ suites: [] }, plain, 80)).toBe("0 suites: no events\n");
    expect(renderTap({ suites: [] })).toBe("TAP version 14\n1..0\n");
    expect(renderJunit({ suites: [] })).toContain(
      '<testsuites name="falcoc" tests="0" failures="0" errors="0"/>',
    );
  });
});
