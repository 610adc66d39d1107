// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@falcoc/compiler";
import { PRIORITIES, type Priority, type Program, type RuleChange } from "@falcoc/compiler/program";
import { type Alert, alertToJson, createEngine, openCapture, type RuleMatching } from "@falcoc/runtime";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface Configuration {
  readonly rules?: readonly Readonly<
    Partial<Record<"enable" | "disable", { rule?: string; tag?: string }>>
  >[];
  readonly rule_matching?: RuleMatching;
  readonly priority?: string;
  readonly json_include_output_property?: boolean;
  readonly json_include_tags_property?: boolean;
}

interface CaptureRecord {
  readonly id: string;
  readonly capture: string;
  readonly rules: readonly { readonly name?: string; readonly content?: string; readonly path?: string }[];
  readonly config?: Configuration;
  readonly expect: {
    readonly detect: boolean;
    readonly events?: number;
    readonly detected: readonly {
      readonly rule: string;
      readonly count: number;
      readonly priority: string;
    }[];
    readonly alerts?: readonly {
      readonly json: Readonly<Record<string, unknown>>;
      readonly text?: string;
      readonly evt_num?: number;
    }[];
  };
}

/** Rules over captures, from the engine's own suites and beyond: what they detect. */
export const captures: Suite = {
  name: "captures",
  *cases(shared) {
    const folder = join(shared, "corpus", "captures");
    for (const record of readJsonLines<CaptureRecord>(join(folder, "cases.jsonl"))) {
      yield { id: record.id, run: () => check(record, folder) };
    }
  },
};

async function check(record: CaptureRecord, folder: string): Promise<string | null> {
  const { config = {}, expect } = record;
  const program = compiled(record, folder);
  const alerts: Alert[] = [];
  const engine = createEngine(program, {
    ruleMatching: config.rule_matching,
    rules: changes(config),
    hostname: "test-falco-hostname",
    timeFormatIso8601: true,
    onAlert: (alert) => alerts.push(alert),
  });
  let events = 0;
  await openCapture(join(folder, record.capture)).run((event) => {
    events++;
    engine.process(event);
  });
  if (expect.events !== undefined && events !== expect.events)
    return `${events} events, expected ${expect.events}`;
  const detected = shown(counts(alerts));
  if (detected !== shown(expect.detected)) return `${detected}, expected ${shown(expect.detected)}`;
  return alertsDiffer(alerts, record);
}

function compiled({ rules, config }: CaptureRecord, folder: string): Program {
  const files = rules.map(({ name, content, path }) => ({
    path: name ?? path ?? "",
    text: content ?? readFileSync(join(folder, path ?? ""), "utf8"),
  }));
  const { ruleset, diagnostics } = compile(files, { priority: priorityOf(config?.priority) });
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.message);
  return ruleset;
}

function priorityOf(name: string | undefined): Priority | undefined {
  return PRIORITIES.find((priority) => priority.toLowerCase().startsWith(name?.toLowerCase() ?? "\0"));
}

function changes({ rules = [] }: Configuration): RuleChange[] {
  return rules.flatMap((entry) =>
    (["enable", "disable"] as const).flatMap((kind): RuleChange[] => {
      const { rule, tag } = entry[kind] ?? {};
      const enable = kind === "enable";
      return [
        ...(rule === undefined ? [] : [{ enable, select: { by: "name", pattern: rule } } as const]),
        ...(tag === undefined ? [] : [{ enable, select: { by: "tags", tags: [tag] } } as const]),
      ];
    }),
  );
}

function counts(alerts: readonly Alert[]): CaptureRecord["expect"]["detected"] {
  const byRule = new Map<string, { rule: string; count: number; priority: string }>();
  for (const { rule, priority } of alerts) {
    byRule.set(rule, { rule, priority, count: (byRule.get(rule)?.count ?? 0) + 1 });
  }
  return [...byRule.values()];
}

function shown(detections: CaptureRecord["expect"]["detected"]): string {
  return detections
    .map(({ rule, count, priority }) => `${rule} (${priority}) x${count}`)
    .sort()
    .join(", ");
}

function alertsDiffer(alerts: readonly Alert[], { config = {}, expect }: CaptureRecord): string | null {
  for (const [i, expected] of (expect.alerts ?? []).entries()) {
    const alert = alerts[i];
    if (alert === undefined) return `alert ${i + 1} is missing`;
    const json = alertToJson(alert, {
      output: config.json_include_output_property,
      tags: config.json_include_tags_property,
    });
    const got = JSON.stringify(JSON.parse(json));
    const want = JSON.stringify(expected.json);
    if (got !== want) return `alert ${i + 1}: ${got}, expected ${want}`;
    if (expected.text !== undefined && alert.output !== expected.text)
      return `alert ${i + 1}: ${alert.output}, expected ${expected.text}`;
    if (alert.eventNumber !== (expected.evt_num ?? alert.eventNumber))
      return `alert ${i + 1}: event ${alert.eventNumber}`;
  }
  return null;
}
