// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeText } from "@falcoc/compiler/program";
import { SourceError } from "@falcoc/runtime";
import { replayFields, sortedItems, Tallies, UNORDERED } from "./captured-fields.ts";
import type { Case, Suite } from "./suite.ts";

/** What the engine printed for each event of a capture: one record an event, texts by field. */
interface Answers {
  readonly fields: readonly string[];
  readonly events: readonly Readonly<Record<string, string>>[];
  /** The engine stopped with an error after these events. */
  readonly error: boolean;
}

const MISSING = "<NA>";

/** Descriptor fields, which the engine reads from a call's directory once it was asked for the call's absolute path. */
const REDIRECTED = /^(?:fd\.|fs\.path\.name$)/;
const HAS_DIRECTORY = /(?:^| )(?:link|old)?dirfd=[0-9]/;

/** Data that are absent or no bytes show with what the engine's buffer held before. */
const LEAVES_BYTES_OVER = /(?:^| )data=(?:NULL|[0-9]+)(?: |$)/;

/** Whether the engine's answer for a field depends on what it was asked before. */
function isUndefined(field: string, answer: Readonly<Record<string, string>>): boolean {
  const args = answer["evt.args"] ?? "";
  if (field === "evt.buffer") return LEAVES_BYTES_OVER.test(args);
  return REDIRECTED.test(field) && answer["evt.abspath"] !== undefined && HAS_DIRECTORY.test(args);
}

/** Small captures, each made for one part of the state engine. */
export const vectors: Suite = {
  name: "vectors",
  *cases(shared) {
    const folder = join(shared, "spec", "vectors");
    for (const file of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
      const name = basename(file, ".json");
      const answers = JSON.parse(readFileSync(join(folder, file), "utf8")) as Answers;
      yield* fieldCases(name, join(folder, `${name}.scap`), answers);
    }
  },
};

/** Captures of real machines, of the recorders of many years. */
export const realVectors: Suite = {
  name: "vectors/real",
  *cases(shared) {
    const folder = join(shared, "spec", "vectors", "real");
    for (const file of readdirSync(folder)) {
      const name = basename(file, ".tsv.gz");
      yield* fieldCases(name, capturePath(shared, name), readTable(join(folder, file)));
    }
  },
};

function* fieldCases(name: string, path: string, answers: Answers): Generator<Case> {
  let result: Promise<Tallies> | null = null;
  for (const field of answers.fields) {
    yield {
      id: `${name}/${field}`,
      run: async () => {
        result ??= compare(path, answers);
        return (await result).message(field);
      },
    };
  }
}

async function compare(path: string, { fields, events, error }: Answers): Promise<Tallies> {
  const tallies = new Tallies();
  let shown = 0;
  const replay = replayFields(path, fields, (event, renderers) => {
    const answer = events[shown++];
    for (const [field, renderer] of renderers) {
      const got = decodeText(renderer.text(event).value);
      if (answer === undefined || isUndefined(field, answer)) continue;
      const want = answer[field] ?? MISSING;
      if (UNORDERED.has(field)) tallies.add(field, event, sortedItems(got), sortedItems(want));
      else tallies.add(field, event, got, want);
    }
  });
  await (error ? replay.catch(expectDamage) : replay);
  if (shown < events.length || (shown > events.length && !error)) {
    throw new Error(`${shown} events, expected ${events.length}`);
  }
  return tallies;
}

/** Where the engine gives up, we may give up too, or go on. */
function expectDamage(reason: unknown): void {
  if (!(reason instanceof SourceError)) throw reason;
}

/** Names of the tables are paths of captures, slashes replaced. */
function capturePath(shared: string, name: string): string {
  const path = name.replace(/^(libs|psp)_/, "$1/");
  return join(shared, "corpus", "captures", `${path}.scap`);
}

function readTable(path: string): Answers {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
  const [fields = [], ...rows] = lines.map((line) => line.split("\t").map(unescapeCell));
  const events = rows.map((row) => Object.fromEntries(fields.map((field, i) => [field, row[i] ?? ""])));
  return { fields, events, error: false };
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", "\\": "\\" };

function unescapeCell(cell: string): string {
  return cell.replace(/\\([tnr\\])/g, (_, letter: string) => ESCAPES[letter] ?? "");
}
