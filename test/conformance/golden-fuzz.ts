// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type CompileResult, compile } from "@falcoc/compiler";
import { createEngine, type Engine, openCapture } from "@falcoc/runtime";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface FuzzRecord {
  readonly id: number;
  readonly condition: string;
  readonly lists?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly macros?: Readonly<Record<string, string>>;
  readonly capture: string;
  readonly status: "ok" | "error";
  /** Numbers of the events that match, or their count and the hash of the numbers joined by commas. */
  readonly matches?: readonly number[];
  readonly count?: number;
  readonly sha256?: string;
  readonly warnings?: readonly string[];
  readonly error_code?: string;
}

/** Random conditions over recorded captures: which events each of them matches. */
export const goldenFuzz: Suite = {
  name: "golden/fuzz",
  *cases(shared) {
    const records = readJsonLines<FuzzRecord>(join(shared, "golden", "fuzz", "dev.jsonl.gz"));
    for (const capture of new Set(records.map((record) => record.capture))) {
      const group = records.filter((record) => record.capture === capture);
      const path = join(shared, "golden", "captures", `${capture}.scap`);
      let matches: Promise<Matches> | null = null;
      for (const record of group) {
        yield {
          id: String(record.id),
          run: async () => {
            matches ??= matchAll(path, group);
            return differs(record, (await matches).get(record.id) ?? []);
          },
        };
      }
    }
  },
};

/** Matching events by the id of the record. */
type Matches = ReadonlyMap<number, readonly number[]>;

/** Runs all conditions over a capture in one go. */
async function matchAll(path: string, records: readonly FuzzRecord[]): Promise<Matches> {
  const engines: (readonly [Engine, number[]])[] = [];
  const matches = new Map<number, number[]>();
  for (const record of records.filter(({ status }) => status === "ok")) {
    const { ruleset } = compiled(record);
    if (ruleset.rules.length === 0) continue;
    const numbers: number[] = [];
    matches.set(record.id, numbers);
    engines.push([createEngine(ruleset), numbers]);
  }
  await openCapture(path).run((event) => {
    for (const [engine, numbers] of engines) if (engine.process(event) > 0) numbers.push(event.number);
  });
  return matches;
}

function differs(record: FuzzRecord, numbers: readonly number[]): string | null {
  const [load] = compiled(record).loads;
  const codes = load?.errors.map(({ code }) => code) ?? [];
  if (record.status === "error") {
    const [first = "no error"] = codes;
    return first === record.error_code
      ? null
      : `${first}, expected ${record.error_code}: ${record.condition}`;
  }
  if (codes.length > 0)
    return `${codes.join(", ")} (${load?.errors[0]?.report.message}): ${record.condition}`;
  // The record has each code once.
  const warnings = [...new Set(load?.warnings.map(({ code }) => code))].sort().join(", ");
  const expected = (record.warnings ?? []).join(", ");
  if (warnings !== expected) return `warnings ${warnings}, expected ${expected}: ${record.condition}`;
  return numbersDiffer(record, numbers);
}

function numbersDiffer(
  { condition, matches, count, sha256 }: FuzzRecord,
  numbers: readonly number[],
): string | null {
  const text = numbers.join(",");
  if (matches !== undefined) {
    if (text === matches.join(",")) return null;
    const wrong = numbers.filter((one) => !matches.includes(one)).slice(0, 3);
    const missing = matches.filter((one) => !numbers.includes(one)).slice(0, 3);
    return `wrongly ${wrong.join(",")}; not ${missing.join(",")} (${numbers.length} of ${matches.length}): ${condition}`;
  }
  const isSame = numbers.length === count && createHash("sha256").update(text).digest("hex") === sha256;
  return isSame ? null : `${numbers.length} events, expected ${count}: ${condition}`;
}

function compiled({ condition, lists = {}, macros = {} }: FuzzRecord): CompileResult {
  const items = [
    ...Object.entries(lists).map(([list, values]) => ({ list, items: values })),
    ...Object.entries(macros).map(([macro, text]) => ({ macro, condition: text })),
    { rule: "fuzz", desc: "fuzz", condition, output: "%evt.num", priority: "INFO", warn_evttypes: false },
  ];
  // JSON is YAML.
  return compile([{ path: "fuzz.yaml", text: JSON.stringify(items) }], { plugins: ["container"] });
}
