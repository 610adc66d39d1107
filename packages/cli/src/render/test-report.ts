// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, SourceFile } from "@falcoc/parser";

/** What `falcoc test` found; every format is a function of this. */
export interface TestReport {
  readonly suites: readonly SuiteReport[];
}

/** One set of rules and what became of the events it was tried on. */
export interface SuiteReport {
  readonly name: string;
  readonly files: readonly SourceFile[];
  /** Errors that kept the rules from loading; then there are no cases. */
  readonly errors: readonly Diagnostic[];
  /** Events that could not be read, one sentence each with its place. */
  readonly problems: readonly string[];
  readonly cases: readonly CaseReport[];
  /** Events of captures that no rule matched: they have no case of their own. */
  readonly otherEvents: number;
  readonly durationMs: number;
}

export interface CaseReport {
  readonly name: string;
  /** File of the case. */
  readonly path: string;
  /** From 1; null where lines mean nothing. */
  readonly line: number | null;
  /** unchecked: the case says nothing about what should match. */
  readonly status: "passed" | "failed" | "unchecked";
  readonly matches: readonly Match[];
  /** Why it failed, one sentence each. */
  readonly failures: readonly string[];
  readonly durationMs: number;
}

/** A rule that matched an event of a case. */
export interface Match {
  readonly rule: string;
  /** Number of the event within its case, from 1. */
  readonly event: number;
  /** The alert's message. */
  readonly message: string;
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Events and cases without expectations. */
  readonly unchecked: number;
  /** Those of them that a rule matched. */
  readonly matched: number;
  /** Suites whose rules do not load. */
  readonly broken: number;
  /** Events that could not be read. */
  readonly problems: number;
}

export function countCases({ suites }: TestReport): TestCounts {
  const cases = suites.flatMap((suite) => suite.cases);
  const count = (status: CaseReport["status"]) => cases.filter((one) => one.status === status).length;
  const otherEvents = suites.reduce((sum, suite) => sum + suite.otherEvents, 0);
  return {
    passed: count("passed"),
    failed: count("failed"),
    unchecked: count("unchecked") + otherEvents,
    matched: cases.filter((one) => one.status === "unchecked" && one.matches.length > 0).length,
    broken: suites.filter((suite) => suite.errors.length > 0).length,
    problems: suites.reduce((sum, suite) => sum + suite.problems.length, 0),
  };
}

/** `path:line`, or the path alone. */
export function casePlace({ path, line }: CaseReport): string {
  return line === null ? path : `${path}:${line}`;
}

/** What tells a case from the others of its suite: its name, with the file where that is only a place. */
export function caseTitle(one: CaseReport): string {
  return one.status === "unchecked" ? `${one.path} ${one.name}` : one.name;
}

/** `Rule A, Rule B (2 times)`, in the order of their first match. */
export function matchedRules({ matches }: CaseReport): string {
  const counts = new Map<string, number>();
  for (const { rule } of matches) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => (count === 1 ? rule : `${rule} (${count} times)`)).join(", ");
}
