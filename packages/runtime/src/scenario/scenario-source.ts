// SPDX-License-Identifier: Apache-2.0
import type { Event, EventSource } from "../event.ts";
import { CaptureReplay } from "../syscall/capture-replay.ts";
import type { Scenario, ScenarioProblem } from "./scenario.ts";
import { simulateScenario } from "./simulate.ts";

/** The events of a scenario, made up and put through the same state engine as those of a capture or of a kernel. */
export class ScenarioSource implements EventSource {
  readonly #scenario: Scenario;
  #problems: readonly ScenarioProblem[] = [];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** What of the scenario could not be expressed; complete once `run` has resolved. */
  get problems(): readonly ScenarioProblem[] {
    return this.#problems;
  }

  async run(onEvent: (event: Event) => void): Promise<void> {
    const replay = new CaptureReplay(1, Number.POSITIVE_INFINITY);
    replay.onEvent = onEvent;
    this.#problems = simulateScenario(this.#scenario, replay);
  }
}
