// SPDX-License-Identifier: Apache-2.0
import type { Program } from "@falcoc/compiler/program";
import { type CaptureSource, createEngine, type RuleMatching, SourceError } from "@falcoc/runtime";
import { CAPTURE_MATCHES_MAX } from "../input/limits.ts";
import type { CaseReport, Match } from "../render/test-report.ts";
import { matchOf } from "./run-scenario.ts";

export interface CaseReports {
  readonly cases: readonly CaseReport[];
  /** What could not be read, one sentence each with its place. */
  readonly problems: readonly string[];
  /** Events that no rule matched and that have no case. */
  readonly otherEvents: number;
}

/** Replays a capture: a case without expectations for each event that a rule matches. */
export async function runCapture(
  capture: CaptureSource,
  path: string,
  program: Program,
  ruleMatching: RuleMatching,
): Promise<CaseReports> {
  const byEvent = new Map<number, Match[]>();
  let dropped = 0;
  const engine = createEngine(program, {
    ruleMatching,
    onAlert: (alert) => {
      const matches = byEvent.get(alert.eventNumber);
      if (matches !== undefined) matches.push(matchOf(alert));
      else if (byEvent.size < CAPTURE_MATCHES_MAX) byEvent.set(alert.eventNumber, [matchOf(alert)]);
      else dropped++;
    },
  });
  const problems: string[] = [];
  try {
    await capture.run((event) => engine.process(event));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    problems.push(`${path}${error.offset === null ? "" : `: at byte ${error.offset}`}: ${error.message}`);
  }
  if (dropped > 0)
    problems.push(`${path}: ${dropped} more alerts than a report of tests holds; see falcoc replay`);
  const cases = [...byEvent].map(([number, matches]) => eventReport(path, number, matches));
  return { cases, problems, otherEvents: engine.counters().events - byEvent.size };
}

function eventReport(path: string, number: number, matches: readonly Match[]): CaseReport {
  return {
    name: `event ${number}`,
    path,
    line: null,
    status: "unchecked",
    matches,
    failures: [],
    durationMs: 0,
  };
}
