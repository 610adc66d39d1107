// SPDX-License-Identifier: Apache-2.0
import type { Program } from "@falcoc/compiler/program";
import { type Alert, createEngine, judgeScenario, type Scenario, ScenarioSource } from "@falcoc/runtime";
import type { CaseReport, Match } from "../render/test-report.ts";

/** Plays a scenario and tells whether its rule raised the alert that is expected. */
export async function runScenario(scenario: Scenario, path: string, program: Program): Promise<CaseReport> {
  const started = performance.now();
  const alerts: Alert[] = [];
  const engine = createEngine(program, {
    ruleMatching: "all",
    // A scenario is about one rule, which the rules files may leave to be enabled where it is wanted.
    rules: [{ enable: true, select: { by: "exact", name: scenario.rule } }],
    onAlert: (alert) => alerts.push(alert),
  });
  const source = new ScenarioSource(scenario);
  if (scenario.runs) await source.run((event) => engine.process(event));
  const failures = [...source.problems.map((problem) => problem.message), ...judgeScenario(scenario, alerts)];
  const status = !scenario.runs ? "unchecked" : failures.length === 0 ? "passed" : "failed";
  return {
    name: scenario.name,
    path,
    line: null,
    status,
    matches: alerts.map(matchOf),
    failures: status === "failed" ? failures : [],
    durationMs: performance.now() - started,
  };
}

export function matchOf({ rule, eventNumber, message }: Alert): Match {
  return { rule, event: eventNumber, message };
}
