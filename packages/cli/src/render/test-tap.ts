// SPDX-License-Identifier: Apache-2.0
import {
  type CaseReport,
  caseTitle,
  matchedRules,
  type SuiteReport,
  type TestReport,
} from "./test-report.ts";

/** TAP version 14, one flat list of tests: what a test says is `suite: case`. */
export function renderTap({ suites }: TestReport): string {
  const points = suites.flatMap(suitePoints);
  const lines = points.map((point, index) => pointLines(point, index + 1));
  return `${["TAP version 14", `1..${points.length}`, ...lines.flat()].join("\n")}\n`;
}

interface Point {
  readonly ok: boolean;
  readonly description: string;
  /** Reason why nothing was checked; null when it was. */
  readonly skip: string | null;
  /** Keys of the YAML block under the point; JSON is YAML. */
  readonly details: Readonly<Record<string, unknown>> | null;
}

function suitePoints(suite: SuiteReport): Point[] {
  const broken = (what: string, message: string): Point => ({
    ok: false,
    description: `${suite.name}: ${what}`,
    skip: null,
    details: { message },
  });
  return [
    ...suite.errors.map((error) => broken("rules load", error.message)),
    ...suite.problems.map((problem) => broken("events can be read", problem)),
    ...suite.cases.map((one) => casePoint(suite, one)),
  ];
}

function casePoint(suite: SuiteReport, one: CaseReport): Point {
  const at = { file: one.path, ...(one.line !== null && { line: one.line }) };
  const matched = one.matches.length === 0 ? "no rule matched" : `matched ${matchedRules(one)}`;
  return {
    ok: one.status !== "failed",
    description: `${suite.name}: ${caseTitle(one)}`,
    skip: one.status === "unchecked" ? `no expectations; ${matched}` : null,
    details: one.status === "failed" ? { message: one.failures.join("; "), at, matches: one.matches } : null,
  };
}

function pointLines({ ok, description, skip, details }: Point, number: number): string[] {
  const directive = skip === null ? "" : ` # SKIP ${oneLine(skip)}`;
  const head = `${ok ? "ok" : "not ok"} ${number} - ${escapeDescription(description)}${directive}`;
  if (details === null) return [head];
  const block = Object.entries(details).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return [head, "  ---", ...block, "  ..."];
}

function escapeDescription(text: string): string {
  return oneLine(text).replace(/[\\#]/g, (sign) => `\\${sign}`);
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
