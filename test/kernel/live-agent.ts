// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { compile } from "@falcoc/compiler";
import type { Program, RuleChange } from "@falcoc/compiler/program";
import { openProbe } from "@falcoc/probe";
import { Agent, type AgentCounters, type Alert, type ContainerEngine, withContainers } from "@falcoc/runtime";

/** What each process of a scenario has in its environment, so that its alerts are told from all others. */
export const SCENARIO_VARIABLE = "FALCOC_SCENARIO";
const SCENARIO_FIELD = `proc.env[${SCENARIO_VARIABLE}]`;
/** What every alert says of the container, beside what its rule says. */
const CONTAINER_FIELDS = [
  "container.id",
  "container.name",
  "container.type",
  "container.image.repository",
  "container.image.tag",
  "container.privileged",
];

export interface RunningAgent {
  /** All alerts so far. */
  readonly alerts: readonly Alert[];
  alertsOf(scenario: string): Alert[];
  counters(): AgentCounters;
  stop(): Promise<void>;
}

/** Compiles rules files, with scenario and container in every alert. */
export function compileRules(paths: readonly string[]): Program {
  const files = paths.map((path) => ({ path, text: readFileSync(path, "utf8") }));
  return compile(files, { appendOutput: [{ extraFields: [SCENARIO_FIELD, ...CONTAINER_FIELDS] }] }).ruleset;
}

/** Starts an agent in this process, with the rules of these names. What happened before is not seen, what happens from now on is. */
export function startAgent(
  program: Program,
  rules: Iterable<string>,
  engines: readonly ContainerEngine[] = [],
): RunningAgent {
  const alerts: Alert[] = [];
  const agent = new Agent(program, {
    ruleMatching: "all",
    rules: onlyRules(rules),
    onAlert: (alert) => alerts.push(alert),
  });
  const probe = openProbe({ events: agent.wantedEvents, ringBytes: 64 * 1024 * 1024 });
  const { feed } = withContainers((sink, signal) => probe.run(sink, signal), engines);
  const stop = new AbortController();
  const running = agent.run({ run: feed, counters: () => probe.counters() }, stop.signal);
  return {
    alerts,
    alertsOf: (scenario) => alerts.filter((alert) => alert.outputFields[SCENARIO_FIELD] === scenario),
    counters: () => agent.counters(),
    async stop() {
      stop.abort();
      await running;
    },
  };
}

function onlyRules(names: Iterable<string>): RuleChange[] {
  const chosen = [...names].map((name) => ({ enable: true, select: { by: "exact", name } }) as const);
  return [{ enable: false, select: { by: "exact", name: "" } }, ...chosen];
}
