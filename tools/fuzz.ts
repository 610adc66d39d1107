// SPDX-License-Identifier: Apache-2.0
// `npm run fuzz -- [--minutes 10] [--seed 1]`: random and mutated rules files and conditions through parser, loader and linter.
// Stops at the first find and prints the input that shows it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compile } from "@falcoc/compiler";
import { encodeText, parseCondition, printCondition } from "@falcoc/parser";
import { randomCondition, randomRulesFile } from "./fuzz/grammar.ts";
import { mutate } from "./fuzz/mutate.ts";
import { Random } from "./fuzz/random.ts";

/** One input may take this long at most; more is a find. */
const INPUT_MS_MAX = 5000;

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string", default: "1" } },
});
const seed = Number(values.seed);
const random = new Random(seed);
const deadline = performance.now() + Number(values.minutes) * 60_000;
const corpus = seeds();
const counts = { conditions: 0, accepted: 0, files: 0, loaded: 0, diagnostics: 0 };
let slowestMs = 0;

while (performance.now() < deadline) {
  if (random.chance(0.5)) tryCondition();
  else tryFile();
}
console.log(`seed ${seed}, ${values.minutes} minutes, no find`);
console.log(`${counts.conditions} conditions, ${counts.accepted} of them valid`);
console.log(`${counts.files} rules files, ${counts.loaded} of them valid, ${counts.diagnostics} diagnostics`);
console.log(`slowest input: ${slowestMs.toFixed(0)} ms`);

function tryCondition(): void {
  const written = randomCondition(random, 4);
  const text = encodeText(random.chance(0.5) ? mutate(random, written) : written);
  check(text, () => {
    counts.conditions++;
    const parsed = parseCondition(text);
    if (!parsed.ok) {
      if (parsed.error.offset < 0 || parsed.error.offset > text.length) return "an error outside the text";
      return null;
    }
    counts.accepted++;
    const printed = printCondition(parsed.condition);
    const again = parseCondition(printed);
    if (again.ok && printCondition(again.condition) !== printed) return "printing is not stable";
    return null;
  });
}

function tryFile(): void {
  const written = random.chance(0.6) ? randomRulesFile(random) : random.pick(corpus);
  const text = random.chance(0.7) ? mutate(random, written) : written;
  check(text, () => {
    counts.files++;
    const { diagnostics } = compile([{ path: "fuzz.yaml", text }]);
    counts.diagnostics += diagnostics.length;
    if (!diagnostics.some((one) => one.severity === "error")) counts.loaded++;
    for (const { span, code, message } of diagnostics) {
      if (span !== null && !(0 <= span.start && span.start <= span.end && span.end <= text.length)) {
        return `${code} (${message}) points outside the file: ${span.start}..${span.end} of ${text.length}`;
      }
    }
    return null;
  });
}

function check(input: string, run: () => string | null): void {
  const begin = performance.now();
  let find: string | null;
  try {
    find = run();
  } catch (error) {
    find = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const tookMs = performance.now() - begin;
  slowestMs = Math.max(slowestMs, tookMs);
  if (tookMs > INPUT_MS_MAX) find ??= `took ${tookMs.toFixed(0)} ms`;
  if (find === null) return;
  writeFileSync("fuzz-find.txt", input);
  console.error(`find (input in fuzz-find.txt, seed ${seed}): ${find}`);
  process.exit(1);
}

/** Rules files to start from: the examples, and the shared corpus where it is there. */
function seeds(): readonly string[] {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
  const folders = [join(root, "examples"), join(root, "..", "shared", "corpus", "rules")];
  const files = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => readFileSync(join(folder, name), "utf8")),
    );
  // Single items of large files make better starting points than whole files.
  return files.flatMap((text) => [...text.split(/\n(?=- )/).filter((item) => item.startsWith("- "))]);
}
