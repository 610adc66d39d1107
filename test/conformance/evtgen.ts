// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@falcoc/compiler";
import type { Program } from "@falcoc/compiler/program";
import {
  type Alert,
  createEngine,
  judgeScenario,
  readScenarios,
  type Scenario,
  ScenarioSource,
} from "@falcoc/runtime";
import { parseDocument } from "yaml";
import type { Case, Suite } from "./suite.ts";

const RULES = ["falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml"];

/** The event-generator's declarative tests, simulated: each must raise its rule with the output fields it expects. */
export const evtgen: Suite = {
  name: "evtgen",
  *cases(shared) {
    const files = RULES.map((name) => {
      const path = join(shared, "corpus", "rules", name);
      return { path, text: readFileSync(path, "utf8") };
    });
    const { ruleset } = compile(files);
    const folder = join(shared, "corpus", "evtgen");
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .sort()) {
      // Two files have plain scalars that begin with `%`; the library reads them, and reports them too.
      const document = parseDocument(readFileSync(join(folder, file), "utf8"));
      const { scenarios, problems } = readScenarios(document.toJS());
      yield {
        id: file,
        run: () => (problems.length === 0 ? null : problems.map((one) => one.message).join("\n")),
      };
      for (const scenario of scenarios) yield scenarioCase(ruleset, scenario);
    }
  },
};

function scenarioCase(program: Program, scenario: Scenario): Case {
  return {
    id: scenario.name,
    async run() {
      const alerts: Alert[] = [];
      const engine = createEngine(program, {
        ruleMatching: "all",
        // The rule under test may be disabled in the official files.
        rules: [{ enable: true, select: { by: "exact", name: scenario.rule } }],
        onAlert: (alert) => alerts.push(alert),
      });
      const source = new ScenarioSource(scenario);
      await source.run((event) => engine.process(event));
      const complaints = [...source.problems.map((one) => one.message), ...judgeScenario(scenario, alerts)];
      return complaints.length === 0 ? null : complaints.join("\n");
    },
  };
}
