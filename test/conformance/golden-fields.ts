// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeText } from "@falcoc/compiler/program";
import { type Event, type OutputFieldValue, type TemplateRenderer, writeFields } from "@falcoc/runtime";
import { replayFields, sortedItems, Tallies, UNORDERED } from "./captured-fields.ts";
import type { Suite } from "./suite.ts";

/** Values in JSON of every field on a sample of the events of each capture. */
export const goldenFields: Suite = suite("fields", compareJson);

/** How values look in output texts, on a smaller sample. */
export const goldenText: Suite = suite("text", compareText);

/** The data's own key for `evt.num`. */
const NUMBER_FIELD = "evt.num";

/** Fields whose value depends on how often they were asked for. */
const COUNTING = /^(?:evt\.deltatime|util\.cnt)/;

type Sample = Readonly<Record<string, OutputFieldValue>>;

interface Line {
  readonly n: bigint;
  readonly f?: Sample;
  readonly t?: Sample;
  /** Fields without a defined answer for this event. */
  readonly x?: readonly string[];
}

type Compare = (
  tallies: Tallies,
  field: string,
  renderer: TemplateRenderer,
  event: Event,
  line: Line | undefined,
) => void;

function suite(name: "fields" | "text", compare: Compare): Suite {
  return {
    name: `golden/${name}`,
    *cases(shared) {
      const folder = join(shared, "golden", name);
      const { fields } = JSON.parse(readFileSync(join(folder, "FIELDS.json"), "utf8")) as {
        fields: string[];
      };
      for (const file of readdirSync(folder).filter((one) => one.endsWith(".jsonl.gz"))) {
        const capture = basename(file, ".jsonl.gz");
        const path = join(shared, "golden", "captures", `${capture}.scap`);
        let result: Promise<Tallies> | null = null;
        for (const field of fields) {
          yield {
            id: `${capture}/${field}`,
            run: async () => {
              result ??= compareCapture(path, join(folder, file), fields, compare);
              return (await result).message(field);
            },
          };
        }
      }
    },
  };
}

async function compareCapture(
  path: string,
  answers: string,
  fields: readonly string[],
  compare: Compare,
): Promise<Tallies> {
  const lines = readLines(answers);
  const left = new Set(lines.keys());
  const tallies = new Tallies();
  await replayFields(path, fields, (event, renderers) => {
    const line = lines.get(event.number);
    left.delete(event.number);
    for (const [field, renderer] of renderers) {
      if (line !== undefined || COUNTING.test(field)) compare(tallies, field, renderer, event, line);
    }
  });
  if (left.size > 0) throw new Error(`events ${[...left].slice(0, 5).join(", ")} were not shown`);
  return tallies;
}

/** The recorder asked for each field three times an event, and kept the second answer. */
function compareJson(
  tallies: Tallies,
  field: string,
  renderer: TemplateRenderer,
  event: Event,
  line: Line | undefined,
): void {
  if (COUNTING.test(field)) renderer.fields(event);
  const got = renderer.fields(event).value[field] ?? null;
  if (COUNTING.test(field)) renderer.fields(event);
  if (line === undefined || line.x?.includes(field)) return;
  const want = field === NUMBER_FIELD ? line.n : (line.f?.[field] ?? null);
  if (leavesBytesOver(field, event, got, want)) return;
  tallies.add(field, event, jsonText(field, got), jsonText(field, want));
}

function compareText(
  tallies: Tallies,
  field: string,
  renderer: TemplateRenderer,
  event: Event,
  line: Line | undefined,
): void {
  const got = decodeText(renderer.text(event).value);
  const want = line?.t?.[field];
  if (typeof want !== "string") return;
  if (UNORDERED.has(field)) tallies.add(field, event, sortedItems(got), sortedItems(want));
  else tallies.add(field, event, got, want);
}

/** Data that are absent (`NULL`) or no bytes (of ptrace) are shown with what the engine's buffer held before. */
function leavesBytesOver(
  field: string,
  event: Event,
  got: OutputFieldValue,
  want: OutputFieldValue,
): boolean {
  if (field !== "evt.buffer" || typeof want !== "string") return false;
  return (
    (got === "" && "NULL".startsWith(want)) || (PTRACE_CODES.has(event.code) && want.startsWith(`${got}.`))
  );
}

const PTRACE_CODES: ReadonlySet<number> = new Set([168, 169]);

function jsonText(field: string, value: OutputFieldValue): string {
  const ordered = UNORDERED.has(field) && Array.isArray(value) ? value.toSorted() : value;
  return writeFields({ value: ordered });
}

function readLines(path: string): Map<number, Line> {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  return new Map(lines.map((text) => parseExactly(text)).map((line) => [Number(line.n), line]));
}

/** Integers keep all their digits. */
function parseExactly(text: string): Line {
  const exact = (_key: string, value: unknown, context?: { source?: string }): unknown => {
    const source = context?.source;
    return typeof value === "number" && source !== undefined && /^-?[0-9]+$/.test(source)
      ? BigInt(source)
      : value;
  };
  return JSON.parse(text, exact as (key: string, value: unknown) => unknown) as Line;
}
