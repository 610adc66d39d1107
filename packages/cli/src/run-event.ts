// SPDX-License-Identifier: Apache-2.0
import type { RunEvent } from "@falcoc/compiler";
import { createEngine, flatEvent } from "@falcoc/runtime";

/** Runs rules on an event that the linter has thought of, so that what it claims has happened. */
export const runEvent: RunEvent = (program, record, source) => {
  const made = flatEvent(record, { source });
  if (!made.ok) return null;
  const engine = createEngine(program, { ruleMatching: "all" });
  return engine.matches(made.event).map((rule) => program.rules[rule]?.name ?? "");
};
