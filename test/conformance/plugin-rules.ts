// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@falcoc/compiler";
import type { Program } from "@falcoc/compiler/program";
import { createEngine, type RuleMatching, readEvents } from "@falcoc/runtime";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface Detection {
  readonly rule: string;
  readonly count: number;
  readonly priority: string;
}

interface RulesRecord {
  readonly id: string;
  readonly source?: string;
  /** Paths from the folder of the suite. */
  readonly rules: readonly string[];
  readonly events: readonly string[];
  readonly expect: {
    readonly detected?: readonly Detection[];
    readonly detected_all?: readonly Detection[];
    readonly input_error?: boolean;
    readonly plugin_requirements_met?: false;
  };
}

/** Rules of the plugins over records of their sources. */
export const k8sAudit: Suite = suite("k8s_audit");
export const cloudtrail: Suite = suite("plugin_events/cloudtrail");

/** Plugins that these rules may ask for, in the versions of the reference. */
const LOADED_PLUGINS = [
  { name: "k8saudit", version: "0.16.0" },
  { name: "cloudtrail", version: "0.13.0" },
  { name: "json", version: "0.7.3" },
];

function suite(name: string): Suite {
  return {
    name,
    *cases(shared) {
      const folder = join(shared, "corpus", name);
      const programs = new Map<string, Program>();
      for (const record of readJsonLines<RulesRecord>(join(folder, "cases.jsonl"))) {
        yield { id: record.id, run: () => check(record, folder, programs) };
      }
    },
  };
}

function check(record: RulesRecord, folder: string, programs: Map<string, Program>): string | null {
  const { expect } = record;
  if (expect.plugin_requirements_met === false) return checkRequirements(record, folder);
  const program = compiled(record, folder, programs);
  const wrong = detectionDiffers(record, folder, program, "first", expect.detected ?? []);
  if (wrong !== null || expect.detected_all === undefined) return wrong;
  return detectionDiffers(record, folder, program, "all", expect.detected_all);
}

function checkRequirements({ rules }: RulesRecord, folder: string): string | null {
  const { diagnostics } = compile(sources(rules, folder), { loadedPlugins: LOADED_PLUGINS });
  const isUnmet = diagnostics.some(({ code }) => code === "PLUGIN_REQUIREMENT");
  return isUnmet ? null : "the requirement counts as met";
}

function compiled({ rules }: RulesRecord, folder: string, programs: Map<string, Program>): Program {
  const key = rules.join(" ");
  let program = programs.get(key);
  if (program === undefined) {
    const { ruleset, diagnostics } = compile(sources(rules, folder));
    const error = diagnostics.find(({ severity }) => severity === "error");
    if (error !== undefined) throw new Error(error.message);
    program = ruleset;
    programs.set(key, program);
  }
  return program;
}

function sources(rules: readonly string[], folder: string) {
  return rules.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

function detectionDiffers(
  { events, expect }: RulesRecord,
  folder: string,
  program: Program,
  ruleMatching: RuleMatching,
  expected: readonly Detection[],
): string | null {
  const counts = new Map<string, Detection>();
  const engine = createEngine(program, {
    ruleMatching,
    onAlert: ({ rule, priority }) =>
      counts.set(rule, { rule, priority, count: (counts.get(rule)?.count ?? 0) + 1 }),
  });
  let failed = false;
  for (const path of events) {
    const input = readEvents(readFileSync(join(folder, path)), { path });
    failed ||= input.problems.length > 0;
    for (const { events } of input.cases) for (const event of events) engine.process(event);
  }
  if (failed !== (expect.input_error ?? false)) return failed ? "input refused" : "input accepted";
  const found = shown([...counts.values()]);
  return found === shown(expected) ? null : `${ruleMatching}: ${found}, expected ${shown(expected)}`;
}

function shown(detections: readonly Detection[]): string {
  return detections
    .map(({ rule, count, priority }) => `${rule} (${priority}) x${count}`)
    .sort()
    .join(", ");
}
