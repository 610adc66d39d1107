// SPDX-License-Identifier: Apache-2.0
// `npm run fuzz -- [--minutes 10] [--seed 1] [--again FILE]`: random and mutated conditions, output templates and rules files
// through parser, checker, loader, linter, emitter and interpreter. Stops at the first find, and writes the input to
// fuzz-find.json, which `--again` runs once more.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Random } from "./fuzz/random.ts";
import type { FuzzTarget } from "./fuzz/target.ts";
import { tryCondition } from "./fuzz/try-condition.ts";
import { tryFiles } from "./fuzz/try-files.ts";
import { tryTemplate } from "./fuzz/try-template.ts";

/** One input may take this long at most; more is a find. */
const INPUT_MS_MAX = 5000;

const FIND_FILE = "fuzz-find.json";

const TARGETS: readonly FuzzTarget[] = [tryCondition, tryTemplate, tryFiles];
const DRAWN = TARGETS.flatMap((target) => new Array<FuzzTarget>(target.weight).fill(target));

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    again: { type: "string" },
  },
});

const counts = new Map(TARGETS.map(({ name }) => [name, { inputs: 0, accepted: 0, slowestMs: 0 }]));
if (values.again === undefined) fuzz(Number(values.seed), Number(values.minutes));
else runAgain(values.again);

function fuzz(seed: number, minutes: number): void {
  const random = new Random(seed);
  const deadline = performance.now() + minutes * 60_000;
  while (performance.now() < deadline) {
    const target = random.pick(DRAWN);
    const texts = target.make(random);
    const find = run(target, texts);
    if (find !== null) stop(target, texts, `seed ${seed}: ${find}`);
  }
  console.log(`seed ${seed}, ${minutes} minutes, no find`);
  for (const [name, { inputs, accepted, slowestMs }] of counts) {
    console.log(`${name}: ${inputs}, ${accepted} of them valid, slowest ${slowestMs.toFixed(0)} ms`);
  }
}

function runAgain(path: string): void {
  const { target: name, texts } = JSON.parse(readFileSync(path, "utf8"));
  const target = TARGETS.find((one) => one.name === name);
  if (target === undefined) throw new Error(`${path} names no target of ours`);
  console.log(run(target, texts) ?? "no find");
}

/** What is wrong; null when nothing is. */
function run(target: FuzzTarget, texts: readonly string[]): string | null {
  const count = counts.get(target.name) ?? { inputs: 0, accepted: 0, slowestMs: 0 };
  const begin = performance.now();
  let find: string | null;
  try {
    const outcome = target.run(texts);
    find = outcome.find;
    if (outcome.accepted) count.accepted++;
  } catch (error) {
    find = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const tookMs = performance.now() - begin;
  count.inputs++;
  count.slowestMs = Math.max(count.slowestMs, tookMs);
  return find ?? (tookMs > INPUT_MS_MAX ? `took ${tookMs.toFixed(0)} ms` : null);
}

function stop({ name }: FuzzTarget, texts: readonly string[], find: string): never {
  writeFileSync(FIND_FILE, JSON.stringify({ target: name, find, texts }, null, 1));
  console.error(`find in ${name} (input in ${FIND_FILE}): ${find}`);
  process.exit(1);
}
