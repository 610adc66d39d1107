// SPDX-License-Identifier: Apache-2.0
import { diagnosticToJson } from "./diagnostic-json.ts";
import { Places } from "./places.ts";
import { countCases, type SuiteReport, type TestReport } from "./test-report.ts";

/** One JSON document with every suite, case and match. */
export function renderTestJson(report: TestReport): string {
  const document = { version: 1, suites: report.suites.map(suiteToJson), counts: countCases(report) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function suiteToJson({ name, files, errors, problems, cases, otherEvents, durationMs }: SuiteReport): object {
  const places = new Places(files);
  return {
    name,
    rules: files.map((file) => file.path),
    errors: errors.map((error) => diagnosticToJson(error, places)),
    problems,
    cases,
    otherEvents,
    durationMs,
  };
}
