// SPDX-License-Identifier: Apache-2.0
import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type Alert,
  containerEngine,
  createEngine,
  judgeScenario,
  readScenarios,
  type Scenario,
  ScenarioSource,
} from "@falcoc/runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { describeShared } from "../shared.ts";
import { describeKernel, scratchFolder } from "./kernel.ts";
import { compileRules, type RunningAgent, SCENARIO_VARIABLE, startAgent } from "./live-agent.ts";
import {
  CONTAINER_ACTOR,
  type ContainerHost,
  IMAGE,
  missingTool,
  startContainerHost,
} from "./live-container.ts";
import { planOf } from "./live-plan.ts";

const run = promisify(execFile);

const RULES = ["falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml"];
const CONTAINER = "falcoc-scenarios";
/** Where processes without a path of their own are put: on the machine in a scratch folder, in a container here. */
const CONTAINER_FOLDER = "/opt/run";
/** The last events of a scenario may still be on their way when its processes have ended. */
const SETTLE_MS = 1000;
/** Addresses that scenarios connect to must be this machine's for a while. */
const PUBLIC_ADDRESS = "203.0.113.10/32";
/** Scenarios that only wait may all do so at once. */
const WAITS = /^\s*sleep\s/;

describeShared("scenarios, played by real processes", (shared) => {
  describeKernel("on this machine and in a container", () => {
    const files = readSuites(join(shared, "corpus", "evtgen"));
    const scenarios = [...files.values()].flat();
    const program = compileRules(RULES.map((name) => join(shared, "corpus", "rules", name)));
    const { folder, remove } = scratchFolder();
    const actor = join(folder, "actor");
    const bin = join(folder, "bin");
    let agent: RunningAgent;
    let host: ContainerHost | null = null;
    let containerId = "";
    /** Why scenarios could not be played to their end, by name. */
    const failures = new Map<string, string>();

    beforeAll(async () => {
      compileActor(actor);
      // Other users run programs from here.
      mkdirSync(bin);
      for (const one of [folder, bin]) chmodSync(one, 0o755);
      if (missingTool() === null) host = await startContainerHost(actor);
      const engines = host === null ? [] : [containerEngine("docker", host.socket)];
      agent = startAgent(program, new Set(scenarios.map(({ rule }) => rule)), engines);
      if (host !== null) containerId = await host.start(CONTAINER);
      execFileSync("ip", ["address", "replace", PUBLIC_ADDRESS, "dev", "lo"]);
      await play(scenarios);
      await sleep(SETTLE_MS);
    }, 600_000);

    afterAll(async () => {
      execFileSync("ip", ["address", "delete", PUBLIC_ADDRESS, "dev", "lo"]);
      await agent.stop();
      await host?.stop();
      remove();
    }, 60_000);

    it("needs podman, runc and busybox for containers", (context) => {
      const tool = missingTool();
      if (tool !== null && process.env.FALCOC_REQUIRE_KERNEL === "1") expect.fail(`there is no ${tool}`);
      if (tool !== null) context.skip(`there is no ${tool}`);
    });

    it("loses nothing", () => expect(agent.counters().dropped).toBe(0));

    it("tells in which container something happened", ({ skip }) => {
      if (host === null) return skip("there is no container to play in");
      const [alert] = agent.alertsOf("packet_socket_created_in_container");
      expect(alert?.outputFields).toMatchObject({
        "container.id": containerId.slice(0, 12),
        "container.name": CONTAINER,
        "container.type": "podman",
        "container.image.repository": IMAGE.split(":")[0],
        "container.image.tag": IMAGE.split(":")[1],
        "container.privileged": true,
      });
    });

    it("plays everything but what needs users that are not here", () => {
      const reasons = scenarios
        .map((scenario) => planOf(scenario, bin))
        .flatMap((plan) => (plan.ok ? [] : [plan.reason]));
      for (const reason of reasons) expect(reason).toMatch(/^this machine has no user "/);
    });

    for (const [file, list] of files) {
      const named = list.map((scenario) => [scenario.name, scenario] as const);
      it.for(named)(`${file}: %s`, async ([name, scenario], { skip }) => {
        const plan = planOf(scenario, bin);
        if (!plan.ok) return skip(plan.reason);
        if (scenario.container !== null && host === null) return skip("there is no container to play in");
        expect(failures.get(name)).toBeUndefined();
        expect(judgeScenario(scenario, agent.alertsOf(name))).toEqual([]);
        expect(judgeScenario(scenario, await simulate(scenario))).toEqual([]);
      });
    }

    async function play(all: readonly Scenario[]): Promise<void> {
      const waiting = all.filter((scenario) => WAITS.test(scenario.before ?? ""));
      const others = all.filter((scenario) => !waiting.includes(scenario));
      const waited = Promise.all(waiting.map(playOne));
      for (const scenario of others) await playOne(scenario);
      await waited;
    }

    async function playOne(scenario: Scenario): Promise<void> {
      const isInside = scenario.container !== null;
      const plan = planOf(scenario, isInside ? CONTAINER_FOLDER : bin);
      if (!plan.ok || !scenario.runs) return;
      const env = { [SCENARIO_VARIABLE]: scenario.name, ACTOR_PLAN: plan.text };
      try {
        if (!isInside) await run(actor, [], { env });
        else if (host !== null) await host.exec(CONTAINER, [CONTAINER_ACTOR], env);
      } catch (error) {
        failures.set(scenario.name, String(error));
      }
    }

    async function simulate(scenario: Scenario): Promise<Alert[]> {
      const alerts: Alert[] = [];
      const engine = createEngine(program, {
        ruleMatching: "all",
        rules: [{ enable: true, select: { by: "exact", name: scenario.rule } }],
        onAlert: (alert) => alerts.push(alert),
      });
      await new ScenarioSource(scenario).run((event) => engine.process(event));
      return alerts;
    }
  });
});

/** Scenarios by file. */
function readSuites(folder: string): ReadonlyMap<string, readonly Scenario[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return new Map(
    names.sort().map((name) => {
      const document = parseDocument(readFileSync(join(folder, name), "utf8"));
      return [name, readScenarios(document.toJS()).scenarios];
    }),
  );
}

/** The actor needs nothing of the system that it runs in. */
function compileActor(path: string): void {
  const source = fileURLToPath(new URL("actor.c", import.meta.url));
  execFileSync("cc", ["-O1", "-static", "-s", "-Wall", "-Werror", "-o", path, source]);
}
