// SPDX-License-Identifier: Apache-2.0
import type { Style } from "../terminal.ts";
import { renderDiagnostic } from "./diagnostic-pretty.ts";
import { displayWidth, printable } from "./display.ts";
import { plural } from "./lint-report.ts";
import { Places } from "./places.ts";
import {
  type CaseReport,
  casePlace,
  countCases,
  matchedRules,
  type SuiteReport,
  type TestReport,
} from "./test-report.ts";

/** A test report for people. */
export function renderTestPretty(report: TestReport, style: Style, width: number): string {
  const suites = report.suites.map((suite) => `${suiteLines(suite, style, width).join("\n")}\n\n`);
  return `${suites.join("")}${summary(report, style)}\n`;
}

function suiteLines(suite: SuiteReport, style: Style, width: number): string[] {
  const places = new Places(suite.files);
  const column = Math.max(
    0,
    ...suite.cases.filter(isUnchecked).map((one) => displayWidth(uncheckedLabel(one))),
  );
  return [
    style("bold", printable(suite.name)),
    ...suite.errors.flatMap((error) =>
      renderDiagnostic(error, places, style, width - 2)
        .trimEnd()
        .split("\n"),
    ),
    ...suite.problems.map((problem) => `${style("red", "!")} ${printable(problem)}`),
    ...suite.cases.flatMap((one) =>
      isUnchecked(one) ? [uncheckedLine(one, column, style)] : checkedLines(one, style),
    ),
  ].map((line, index) => (index === 0 ? line : `  ${line}`));
}

function isUnchecked({ status }: CaseReport): boolean {
  return status === "unchecked";
}

function uncheckedLine(one: CaseReport, column: number, style: Style): string {
  const place = uncheckedLabel(one);
  const rules =
    one.matches.length === 0 ? style("dim", "no rule") : style("yellow", printable(matchedRules(one)));
  return `${style("dim", place)}${" ".repeat(column - displayWidth(place))}  ${rules}`;
}

/** What stands for an event without a name of its own: its line, or its number where there are no lines. */
function uncheckedLabel(one: CaseReport): string {
  return printable(one.line === null ? `${one.path} ${one.name}` : casePlace(one));
}

function checkedLines(one: CaseReport, style: Style): string[] {
  if (one.status === "passed") return [`${style("green", "\u2713")} ${printable(one.name)}`];
  return [
    `${style("red", "\u2717")} ${printable(one.name)} ${style("dim", `(${printable(casePlace(one))})`)}`,
    ...one.failures.map((failure) => `    ${style("red", printable(failure))}`),
    ...one.matches.map(({ rule, event, message }) =>
      style("dim", `    event ${event} matched ${JSON.stringify(rule)}: ${printable(message)}`),
    ),
  ];
}

function summary(report: TestReport, style: Style): string {
  const { passed, failed, unchecked, matched, broken, problems } = countCases(report);
  const parts = [
    passed > 0 ? style("green", `${passed} passed`) : "",
    failed > 0 ? style("red", `${failed} failed`) : "",
    broken > 0 ? style("red", `${plural(broken, "suite")} with rules that do not load`) : "",
    problems > 0 ? style("red", plural(problems, "unreadable event")) : "",
    unchecked > 0 ? `${plural(unchecked, "event")} without expectations, ${matched} matched` : "",
  ].filter((part) => part !== "");
  return `${plural(report.suites.length, "suite")}: ${parts.length === 0 ? "no events" : parts.join(", ")}`;
}
