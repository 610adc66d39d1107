// SPDX-License-Identifier: Apache-2.0
// `npm run bench [-- NAME…]`: runs the benchmarks and prints their figures. Build first: the command line is measured as built.
import { cpus } from "node:os";
import type { Benchmark, Figure } from "./benchmark.ts";
import { capture } from "./capture.ts";
import { coldLint } from "./cold-lint.ts";
import { warmCompile } from "./compile.ts";
import { evaluation } from "./evaluation.ts";
import { lists } from "./lists.ts";
import { memory } from "./memory.ts";
import { probe } from "./probe.ts";
import { probeCost, probeRedis } from "./probe-cost.ts";
import { probeLoad } from "./probe-load.ts";

const BENCHMARKS: readonly Benchmark[] = [
  coldLint,
  warmCompile,
  capture,
  evaluation,
  lists,
  memory,
  probe,
  probeLoad,
  probeCost,
  probeRedis,
];

const wanted = process.argv.slice(2);
console.log(`node ${process.version}, ${process.arch}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`);
for (const benchmark of BENCHMARKS) {
  if (wanted.length > 0 && !wanted.some((name) => isNamed(benchmark, name))) continue;
  console.log(`\n${benchmark.name}: ${benchmark.about}`);
  const result = await benchmark.run();
  if ("skipped" in result) console.log(`  skipped: ${result.skipped}`);
  else for (const figure of result) console.log(line(figure));
}

/** A family of benchmarks goes by the first word of their names. */
function isNamed({ name }: Benchmark, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted}-`);
}

function line({ label, value, unit, range, aim }: Figure): string {
  const spread = range === undefined ? "" : `${show(range[0])} .. ${show(range[1])}`;
  return `  ${label.padEnd(46)}${show(value).padStart(10)} ${unit.padEnd(12)}${spread.padEnd(22)}${aim === undefined ? "" : `aim ${aim}`}`;
}

function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
