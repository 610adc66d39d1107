// SPDX-License-Identifier: Apache-2.0
import type { CaptureSink } from "../capture/records.ts";
import type { Scenario, ScenarioProblem } from "./scenario.ts";
import { type Bindings, simulateResource } from "./simulate-resources.ts";
import { simulateStep } from "./simulate-step.ts";
import { SimulatedMachine, type SimulatedProcess } from "./simulated-machine.ts";

/**
 * Makes the events that a kernel would have sent while a scenario ran: the machine as a capture describes it, then the
 * processes, the resources and the steps. The same scenario always gives the same bytes. Steps that cannot be
 * expressed are left out and returned.
 */
export function simulateScenario(scenario: Scenario, sink: CaptureSink): readonly ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const report = (message: string | null): void => {
    if (message !== null) problems.push({ test: scenario.name, message });
  };
  const machine = new SimulatedMachine(sink, scenario.container);
  const bindings: Bindings = new Map();
  const started: SimulatedProcess[] = [];
  let leaf = machine.boot();
  for (const process of scenario.processes) {
    leaf = machine.spawn(leaf, process);
    started.push(leaf);
  }
  runShell(machine, leaf, scenario.before);
  for (const resource of scenario.resources) report(simulateResource(machine, leaf, resource, bindings));
  for (const step of scenario.steps) report(simulateStep(machine, leaf, step, bindings));
  runShell(machine, leaf, scenario.after);
  for (const process of started.reverse()) machine.exit(process);
  return problems;
}

/** Shell text runs in a shell of its own; `sleep` lets time pass. */
function runShell(machine: SimulatedMachine, parent: SimulatedProcess, script: string | null): void {
  if (script === null) return;
  const shell = machine.spawn(parent, {
    name: "sh",
    exePath: "/bin/sh",
    exe: "sh",
    args: ["-c", script],
    env: [],
    user: null,
  });
  for (const match of script.matchAll(/(?:^|[;&|\s])sleep\s+(\d+(?:\.\d+)?)/g))
    machine.sleep(Number(match[1]));
  machine.exit(shell);
}
