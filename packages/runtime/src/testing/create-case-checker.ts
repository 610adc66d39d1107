// SPDX-License-Identifier: Apache-2.0
import { didYouMean, type Program } from "@falcoc/compiler/program";
import type { Alert } from "../alert.ts";
import { createEngine, type Engine, type EngineOptions } from "../engine.ts";
import { fitsPattern } from "./fits-pattern.ts";
import type { Expectation, TestCase } from "./test-case.ts";

/** What became of a test case. Plain data. */
export interface CaseResult {
  readonly name: string;
  readonly path: string;
  readonly line: number | null;
  /** unchecked: nothing is expected of the case. */
  readonly status: "passed" | "failed" | "unchecked";
  /** In the order in which the alerts were raised. */
  readonly matches: readonly RuleMatch[];
  /** Why it failed, one sentence each. */
  readonly failures: readonly string[];
}

/** A rule that matched an event of a case. */
export interface RuleMatch {
  readonly rule: string;
  /** Number of the event within its case, from 1. */
  readonly event: number;
  readonly message: string;
}

/**
 * Gives a function that runs test cases against rules. Unless the options say otherwise every rule that matches an
 * event counts, not only the first.
 */
export function createCaseChecker(
  program: Program,
  options: Omit<EngineOptions, "onAlert"> = {},
): (testCase: TestCase) => CaseResult {
  let raised: Alert[] = [];
  const engine = createEngine(program, {
    ruleMatching: "all",
    ...options,
    onAlert: (alert) => raised.push(alert),
  });
  return ({ name, path, line, events, expectation }) => {
    const matches: RuleMatch[] = [];
    for (const [i, event] of events.entries()) {
      raised = [];
      engine.process(event);
      for (const { rule, message } of raised) matches.push({ rule, event: i + 1, message });
    }
    const failures = expectation === null ? [] : failuresOf(expectation, matches, engine);
    const status = expectation === null ? "unchecked" : failures.length === 0 ? "passed" : "failed";
    return { name, path, line, status, matches, failures };
  };
}

function failuresOf(expectation: Expectation, matches: readonly RuleMatch[], engine: Engine): string[] {
  const { expect, exactly, reject, output } = expectation;
  const expected = new Set([...expect, ...Object.keys(output)]);
  const matched = new Set(matches.map((match) => match.rule));
  const missing = [...expected].filter((rule) => !matched.has(rule));
  const others = exactly ? [...matched].filter((rule) => !expected.has(rule) && !reject.includes(rule)) : [];
  return [
    ...missing.map((rule) => `rule "${rule}" did not match${whyNot(rule, engine)}`),
    ...others.map((rule) => `rule "${rule}" matched ${placesOf(rule, matches)}, but is not expected`),
    ...reject.flatMap((rule) => rejected(rule, matches, engine)),
    ...Object.entries(output).flatMap(([rule, pattern]) => wrongOutput(rule, pattern, matches)),
  ];
}

/** What keeps a rule from ever matching, where something does. */
function whyNot(rule: string, engine: Engine): string {
  const { rules } = engine.program;
  const number = rules.findIndex(({ name }) => name === rule);
  if (number >= 0) return engine.isEnabled(number) ? "" : ": it is disabled";
  const hint = didYouMean(
    rule,
    rules.map(({ name }) => name),
  );
  return `: there is no rule of that name${hint === undefined ? "" : `; ${hint}`}`;
}

function rejected(rule: string, matches: readonly RuleMatch[], engine: Engine): string[] {
  if (matches.some((match) => match.rule === rule)) {
    return [`rule "${rule}" matched ${placesOf(rule, matches)}, but must not`];
  }
  const isKnown = engine.program.rules.some(({ name }) => name === rule);
  return isKnown ? [] : [`rule "${rule}" cannot be rejected${whyNot(rule, engine)}`];
}

/** One of the messages of the rule must fit. A rule that did not match is reported as such. */
function wrongOutput(rule: string, pattern: string, matches: readonly RuleMatch[]): string[] {
  const messages = matches.filter((match) => match.rule === rule).map((match) => match.message);
  const [first] = messages;
  if (first === undefined || messages.some((message) => fitsPattern(message, pattern))) return [];
  return [`output of rule "${rule}" is ${JSON.stringify(first)}, expected ${JSON.stringify(pattern)}`];
}

function placesOf(rule: string, matches: readonly RuleMatch[]): string {
  const events = [...new Set(matches.filter((match) => match.rule === rule).map(({ event }) => event))];
  return `${events.length === 1 ? "event" : "events"} ${events.join(", ")}`;
}
