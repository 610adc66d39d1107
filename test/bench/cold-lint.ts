// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Benchmark, summarise } from "./benchmark.ts";
import { OFFICIAL_FILES, officialFiles, root } from "./shared-rules.ts";

const RUNS = 11;

/** Cold start: from the start of a process to its exit, Node's own start measured between the runs. */
export const coldLint: Benchmark = {
  name: "cold-lint",
  about: "wall time of `falcoc lint` of the three official files, process start to exit",
  async run() {
    if (officialFiles() === null) return { skipped: "no ../shared beside this checkout" };
    const bin = join(root, "packages", "cli", "bin", "falcoc.js");
    const lint: number[] = [];
    const version: number[] = [];
    const node: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      const samples = [
        timed([bin, "lint", ...OFFICIAL_FILES]),
        timed([bin, "--version"]),
        timed(["-e", "0"]),
      ];
      if (run === 0) continue; // fills the file cache and V8's compile cache
      lint.push(samples[0] ?? 0);
      version.push(samples[1] ?? 0);
      node.push(samples[2] ?? 0);
    }
    const cold = summarise(lint);
    const start = summarise(node);
    return [
      { label: "falcoc lint, cold", unit: "ms", aim: "< 400", ...cold },
      { label: "falcoc --version", unit: "ms", ...summarise(version) },
      { label: "node -e 0", unit: "ms", ...start },
      { label: "lint / node's own start", unit: "x", value: cold.value / start.value },
    ];
  },
};

function timed(args: readonly string[]): number {
  const begin = performance.now();
  const { status, error } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (error !== undefined || status === null || status > 1)
    throw new Error(`${args.join(" ")} failed: ${status}`);
  return performance.now() - begin;
}
