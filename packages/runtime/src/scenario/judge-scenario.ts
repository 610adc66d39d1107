// SPDX-License-Identifier: Apache-2.0
import { parsePriority } from "@falcoc/compiler/program";
import type { Alert } from "../alert.ts";
import type { OutputFieldValue } from "../output/output-field.ts";
import type { Scenario } from "./scenario.ts";

/** Why no alert is the expected one, a line each for the nearest; empty when one is. */
export function judgeScenario({ rule, expected }: Scenario, alerts: readonly Alert[]): readonly string[] {
  const candidates = alerts.filter((alert) => alert.rule === rule);
  if (candidates.length === 0) {
    const others = [...new Set(alerts.map((alert) => `"${alert.rule}"`))].join(", ");
    return [`rule "${rule}" did not match${others === "" ? "; no rule did" : `; matched: ${others}`}`];
  }
  const complaints = candidates.map((alert) => complaintsOf(alert, expected));
  return complaints.reduce((best, one) => (one.length < best.length ? one : best));
}

function complaintsOf(alert: Alert, expected: Scenario["expected"]): string[] {
  const complaints: string[] = [];
  const differs = (what: string, want: string, got: string | null): void => {
    complaints.push(`${what} is ${got === null ? "missing" : `"${got}"`}, expected "${want}"`);
  };
  if (alert.source !== expected.source) differs("source", expected.source, alert.source);
  if (expected.priority !== null && parsePriority(expected.priority) !== alert.priority) {
    differs("priority", expected.priority, alert.priority);
  }
  for (const [name, want] of Object.entries(expected.outputFields)) {
    const got = shown(alert.outputFields[name] ?? null);
    if (got !== want) differs(name, want, got);
  }
  return complaints;
}

/** A value as expectations write it. */
function shown(value: OutputFieldValue): string | null {
  return value === null ? null : String(value);
}
