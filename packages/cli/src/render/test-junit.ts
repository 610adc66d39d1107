// SPDX-License-Identifier: Apache-2.0
import {
  type CaseReport,
  casePlace,
  caseTitle,
  matchedRules,
  type SuiteReport,
  type TestReport,
} from "./test-report.ts";
import { printXml, type XmlElement } from "./xml.ts";

/** The XML that CI systems read: a test suite for each set of rules, a test case for each case. */
export function renderJunit({ suites }: TestReport): string {
  const counts = suites.map(countsOf);
  const sum = (key: keyof SuiteCounts) => counts.reduce((total, one) => total + one[key], 0);
  return printXml({
    name: "testsuites",
    attributes: { name: "falcoc", tests: sum("tests"), failures: sum("failures"), errors: sum("errors") },
    content: suites.map(suiteElement),
  });
}

interface SuiteCounts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countsOf({ errors, problems, cases }: SuiteReport): SuiteCounts {
  const broken = errors.length + problems.length;
  return {
    tests: cases.length + broken,
    failures: cases.filter((one) => one.status === "failed").length,
    errors: broken,
    skipped: cases.filter((one) => one.status === "unchecked").length,
  };
}

function suiteElement(suite: SuiteReport): XmlElement {
  return {
    name: "testsuite",
    attributes: { name: suite.name, ...countsOf(suite), time: seconds(suite.durationMs) },
    content: [
      ...suite.errors.map(({ message, code }) => errorElement(suite, "rules load", code, message)),
      ...suite.problems.map((problem) => errorElement(suite, "events can be read", "events", problem)),
      ...suite.cases.map((one) => caseElement(suite, one)),
    ],
  };
}

function errorElement(suite: SuiteReport, name: string, type: string, message: string): XmlElement {
  const error: XmlElement = { name: "error", attributes: { type, message }, content: "" };
  return { name: "testcase", attributes: { name, classname: suite.name }, content: [error] };
}

function caseElement(suite: SuiteReport, one: CaseReport): XmlElement {
  return {
    name: "testcase",
    attributes: {
      name: caseTitle(one),
      classname: suite.name,
      file: one.path,
      line: one.line ?? undefined,
      time: seconds(one.durationMs),
    },
    content: outcome(one),
  };
}

function outcome(one: CaseReport): XmlElement[] {
  switch (one.status) {
    case "passed":
      return [];
    case "unchecked": {
      const matched = one.matches.length === 0 ? "no rule matched" : `matched: ${matchedRules(one)}`;
      return [
        { name: "skipped", attributes: { message: "no expectations" }, content: "" },
        { name: "system-out", attributes: {}, content: matched },
      ];
    }
    case "failed": {
      const text = [casePlace(one), ...one.failures].join("\n");
      return [{ name: "failure", attributes: { message: one.failures[0] }, content: text }];
    }
    default:
      return one.status satisfies never;
  }
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(6);
}
