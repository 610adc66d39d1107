// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { compile } from "@falcoc/compiler";
import type { Program } from "@falcoc/compiler/program";
import { alertToJson, createEngine, openCapture } from "@falcoc/runtime";
import type { Suite } from "./suite.ts";

const RULES = ["falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml"];

/** How the alerts were recorded: `rule_matching`, and whether every rule was enabled. */
const MODES = {
  first: { ruleMatching: "first", everyRule: false },
  all: { ruleMatching: "all", everyRule: false },
  allrules: { ruleMatching: "all", everyRule: true },
} as const;

type Mode = (typeof MODES)[keyof typeof MODES];

interface RaisedAlert {
  readonly event: number;
  readonly json: string;
}

/** Alerts of the official rules on recorded captures, each to the last byte. */
export const goldenAlerts: Suite = {
  name: "golden/alerts",
  *cases(shared) {
    const folder = join(shared, "golden", "alerts");
    let program: Program | null = null;
    for (const file of readdirSync(folder)) {
      const [capture = "", name = ""] = basename(file, ".jsonl.gz").split(".");
      const mode = MODES[name as keyof typeof MODES];
      yield {
        id: `${capture}.${name}`,
        run: async () => {
          program ??= officialRules(shared);
          const raised = await alertsOf(join(shared, "golden", "captures", `${capture}.scap`), program, mode);
          return firstDifference(raised, readAlerts(join(folder, file)), mode.everyRule);
        },
      };
    }
  },
};

function officialRules(shared: string): Program {
  const files = RULES.map((name) => ({
    path: name,
    text: readFileSync(join(shared, "corpus", "rules", name), "utf8"),
  }));
  const { ruleset, diagnostics } = compile(files, { appendOutput: [{ extraFields: ["evt.num"] }] });
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.message);
  return ruleset;
}

async function alertsOf(path: string, program: Program, mode: Mode): Promise<RaisedAlert[]> {
  const raised: RaisedAlert[] = [];
  const engine = createEngine(program, {
    ruleMatching: mode.ruleMatching,
    rules: mode.everyRule ? [{ enable: true, select: { by: "name", pattern: "*" } }] : [],
    onAlert: (alert) => {
      const json = alertToJson(alert, { message: true });
      // The recorder left the name of its host out.
      raised.push({ event: alert.eventNumber, json: json.replace(/^\{"hostname":"",/, "{") });
    },
  });
  await openCapture(path).run((event) => void engine.process(event));
  return raised;
}

function readAlerts(path: string): RaisedAlert[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
  return lines.map((json) => ({ event: Number(/"evt\.num":([0-9]+)/.exec(json)?.[1]), json }));
}

/** Rules that the configuration enabled come in no defined order: there the alerts of one event are compared as a set. */
function firstDifference(
  raised: readonly RaisedAlert[],
  expected: readonly RaisedAlert[],
  unordered: boolean,
): string | null {
  const [got, want] = [raised, expected].map((list) => (unordered ? sorted(list) : list)) as [
    readonly RaisedAlert[],
    readonly RaisedAlert[],
  ];
  for (let i = 0; i < Math.max(got.length, want.length); i++) {
    if (got[i]?.json === want[i]?.json) continue;
    const counts = `${got.length} alerts, expected ${want.length}`;
    return `${counts}; the ${i + 1}th:\n${got[i]?.json ?? "none"}\nexpected\n${want[i]?.json ?? "none"}`;
  }
  return null;
}

function sorted(list: readonly RaisedAlert[]): RaisedAlert[] {
  return list.toSorted((a, b) => a.event - b.event || (a.json < b.json ? -1 : 1));
}
