// SPDX-License-Identifier: Apache-2.0
import { expandCases, fillTemplates } from "./expand-cases.ts";
import {
  FD_SUBTYPES,
  type FdSubtype,
  type Scenario,
  type ScenarioContainer,
  type ScenarioExpectation,
  type ScenarioProblem,
  type ScenarioProcess,
  type ScenarioResource,
  type ScenarioStep,
} from "./scenario.ts";

const DEFAULT_IMAGE = "docker.io/falcosecurity/event-generator:latest";
const PROTOCOLS = ["tcp4", "tcp6", "udp4", "udp6", "unix"] as const;
const SIMULATED_ARCHITECTURE = "amd64";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a scenarios file: a mapping with `tests`, as YAML or JSON gave it. A test that cannot be read gives a problem
 * and no scenario; the others stay.
 */
export function readScenarios(file: unknown): {
  scenarios: readonly Scenario[];
  problems: readonly ScenarioProblem[];
} {
  const scenarios: Scenario[] = [];
  const problems: ScenarioProblem[] = [];
  const tests = isFields(file) ? file.tests : undefined;
  if (!Array.isArray(tests)) {
    return {
      scenarios,
      problems: [{ test: null, message: 'a scenarios file is a mapping with a list "tests"' }],
    };
  }
  for (const test of tests) {
    const name = isFields(test) && typeof test.name === "string" ? test.name : null;
    try {
      if (!isFields(test) || name === null) throw new Unreadable('a test is a mapping with a "name"');
      const expanded = expandCases(test.cases);
      if ("error" in expanded) throw new Unreadable(expanded.error);
      if (expanded.dropped > 0)
        problems.push({ test: name, message: `${expanded.dropped} cases are over the limit` });
      const { cases: _, ...body } = test;
      expanded.items.forEach((item, index) => {
        const label = expanded.items.length === 1 ? name : `${name}#${index + 1}`;
        scenarios.push(readScenario(label, fillTemplates(body, item) as Fields));
      });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push({ test: name, message: error.message });
    }
  }
  return { scenarios, problems };
}

/** Whether data from a YAML or JSON file is meant as scenarios: it has tests that name rules. */
export function looksLikeScenarios(file: unknown): boolean {
  return (
    isFields(file) &&
    Array.isArray(file.tests) &&
    file.tests.some(
      (test) =>
        isFields(test) && "rule" in test && ("steps" in test || "context" in test || "resources" in test),
    )
  );
}

class Unreadable extends Error {}

function readScenario(name: string, test: Fields): Scenario {
  const context = isFields(test.context) ? test.context : {};
  return {
    name,
    description: optionalText(test, "description") ?? "",
    rule: text(test, "rule"),
    container: readContainer(context.container),
    processes: list(context, "processes").map(readProcess),
    before: optionalText(test, "before"),
    after: optionalText(test, "after"),
    resources: list(test, "resources").map(readResource),
    steps: list(test, "steps").map(readStep),
    expected: readExpectation(test.expectedOutcome),
    runs: readCondition(test.runIf),
  };
}

function readContainer(value: unknown): ScenarioContainer | null {
  if (value === undefined || value === null) return null;
  if (!isFields(value)) throw new Unreadable('"container" must be a mapping');
  return {
    name: optionalText(value, "name") ?? "scenario",
    image: optionalText(value, "image") ?? DEFAULT_IMAGE,
    privileged: value.privileged !== false,
  };
}

function readProcess(value: unknown): ScenarioProcess {
  if (!isFields(value)) throw new Unreadable("a process must be a mapping");
  const exePath = optionalText(value, "exePath");
  const exe = optionalText(value, "exe");
  const name = optionalText(value, "name") ?? (exePath ?? exe ?? "process").replace(/^.*\//, "");
  const args = value.args;
  const env = value.env;
  return {
    name,
    exePath: exePath ?? (exe?.startsWith("/") === true ? exe : null),
    exe,
    args: Array.isArray(args) ? args.map(String) : splitArguments(optionalText(value, "args") ?? ""),
    env: isFields(env) ? Object.entries(env).map(([key, one]) => `${key}=${String(one)}`) : [],
    user: optionalText(value, "user"),
  };
}

function readResource(value: unknown): ScenarioResource {
  if (!isFields(value)) throw new Unreadable("a resource must be a mapping");
  const name = text(value, "name");
  switch (value.type) {
    case "fd": {
      const subtype = FD_SUBTYPES.find((one) => one === fdSubtype(value.subtype));
      if (subtype === undefined)
        throw new Unreadable(`unknown kind of descriptor "${String(value.subtype)}"`);
      const key = subtype === "directory" ? "dirPath" : "filePath";
      return { type: "fd", name, subtype, path: optionalText(value, key) };
    }
    case "clientServer": {
      const protocol = PROTOCOLS.find((one) => one === value.l4Proto);
      if (protocol === undefined) throw new Unreadable(`unknown protocol "${String(value.l4Proto)}"`);
      return { type: "clientServer", name, protocol, address: text(value, "address") };
    }
    case "process":
      return { type: "process", name, process: readProcess(value), fileLess: value.fileLess === true };
    default:
      throw new Unreadable(`unknown type of resource "${String(value.type)}"`);
  }
}

/** Other words for kinds of descriptors that files in the wild use. */
function fdSubtype(value: unknown): FdSubtype | unknown {
  const names: Readonly<Record<string, FdSubtype>> = {
    eventfd: "event",
    signal: "signalfd",
    epoll: "eventpoll",
    mem: "memfd",
    regular: "file",
  };
  return typeof value === "string" ? (names[value] ?? value) : value;
}

function readStep(value: unknown): ScenarioStep {
  if (!isFields(value)) throw new Unreadable("a step must be a mapping");
  if (value.type !== undefined && value.type !== "syscall") {
    throw new Unreadable(`unknown type of step "${String(value.type)}"`);
  }
  return {
    name: optionalText(value, "name") ?? "",
    syscall: text(value, "syscall"),
    args: isFields(value.args) ? value.args : {},
  };
}

function readExpectation(value: unknown): ScenarioExpectation {
  const fields = isFields(value) ? value : {};
  const outputs = isFields(fields.outputFields) ? fields.outputFields : {};
  return {
    source: optionalText(fields, "source") ?? "syscall",
    priority: optionalText(fields, "priority"),
    outputFields: Object.fromEntries(Object.entries(outputs).map(([key, one]) => [key, String(one)])),
  };
}

/** `runIf: { arch: { op: eq | ne, val: NAME } }`: true where the simulated machine fulfils it. */
function readCondition(value: unknown): boolean {
  if (!isFields(value) || !isFields(value.arch)) return true;
  const same = value.arch.val === SIMULATED_ARCHITECTURE;
  return value.arch.op === "ne" ? !same : same;
}

function splitArguments(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(fields: Fields, key: string): string {
  const value = optionalText(fields, key);
  if (value === null) throw new Unreadable(`"${key}" is missing`);
  return value;
}

function optionalText(fields: Fields, key: string): string | null {
  const value = fields[key];
  if (value === undefined || value === null) return null;
  if (typeof value === "object") throw new Unreadable(`"${key}" must be text`);
  return String(value);
}

function list(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Unreadable(`"${key}" must be a list`);
  return value;
}
