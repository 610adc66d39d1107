// SPDX-License-Identifier: Apache-2.0
import { compile } from "@falcoc/compiler";
import type { Program } from "@falcoc/compiler/program";
import { createCaseChecker, type RuleMatching, type TestCase } from "@falcoc/runtime";
import type { CatalogSettings } from "../commands/catalog-flags.ts";
import { readRulesFiles } from "../input/rules-files.ts";
import type { SuitePaths } from "../input/suites.ts";
import { loadErrors } from "../load-rules.ts";
import type { CaseReport, SuiteReport } from "../render/test-report.ts";
import type { Terminal } from "../terminal.ts";
import { type EventsFile, readEventsFile } from "./read-events-file.ts";
import { type CaseReports, runCapture } from "./run-capture.ts";
import { runScenario } from "./run-scenario.ts";

export interface SuiteOptions {
  readonly catalog: CatalogSettings;
  readonly ruleMatching: RuleMatching;
  /** Source of events that do not tell it themselves. */
  readonly source: string | undefined;
}

/** Compiles the rules of a suite and tries them on its events. Throws a Failure when rules cannot be read. */
export async function runSuite(
  { name, rules, events }: SuitePaths,
  { stdin }: Terminal,
  options: SuiteOptions,
): Promise<SuiteReport> {
  const started = performance.now();
  const files = await readRulesFiles(rules, stdin);
  const result = compile(files, options.catalog);
  const errors = loadErrors(result);
  const cases: CaseReport[] = [];
  const problems: string[] = [];
  let otherEvents = 0;
  for (const path of errors.length > 0 ? [] : events) {
    const file = await readEventsFile(path, options.source, stdin);
    const reports = await runFile(file, result.ruleset, options.ruleMatching);
    cases.push(...reports.cases);
    problems.push(...reports.problems);
    otherEvents += reports.otherEvents;
  }
  return { name, files, errors, problems, cases, otherEvents, durationMs: performance.now() - started };
}

async function runFile(file: EventsFile, program: Program, ruleMatching: RuleMatching): Promise<CaseReports> {
  switch (file.kind) {
    case "cases":
      return { cases: runCases(file.cases, program, ruleMatching), problems: file.problems, otherEvents: 0 };
    case "scenarios": {
      const cases: CaseReport[] = [];
      for (const scenario of file.scenarios) cases.push(await runScenario(scenario, file.path, program));
      return { cases, problems: file.problems, otherEvents: 0 };
    }
    case "capture":
      return runCapture(file.capture, file.path, program, ruleMatching);
    default:
      return file satisfies never;
  }
}

function runCases(cases: readonly TestCase[], program: Program, ruleMatching: RuleMatching): CaseReport[] {
  const check = createCaseChecker(program, { ruleMatching });
  return cases.map((testCase) => {
    const started = performance.now();
    const result = check(testCase);
    return { ...result, durationMs: performance.now() - started };
  });
}
