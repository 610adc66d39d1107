// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Benchmark, summarise } from "./benchmark.ts";
import { OFFICIAL_FILES, officialFiles, root } from "./shared-rules.ts";

type Summary = ReturnType<typeof summarise>;

const RUNS = 11;
/** To lint it takes little more than to start Node and to load what linting needs. */
const SMALL =
  "- {rule: a, desc: b, condition: evt.type = open and proc.name = c, output: d, priority: INFO}\n";

/** Cold start: from the start of a process to its exit, Node's own start measured between the runs. */
export const coldLint: Benchmark = {
  name: "cold-lint",
  about: "wall time of `falcoc lint` of the three official files, process start to exit",
  async run() {
    if (officialFiles() === null) return { skipped: "no ../shared beside this checkout" };
    const bin = join(root, "packages", "cli", "bin", "falcoc.js");
    const folder = mkdtempSync(join(tmpdir(), "falcoc-bench-"));
    const small = join(folder, "rules.yaml");
    writeFileSync(small, SMALL);
    const commands = {
      official: [bin, "lint", ...OFFICIAL_FILES],
      loading: [bin, "lint", small],
      version: [bin, "--version"],
      node: ["-e", "0"],
    };
    const { official, loading, version, node } = times(commands);
    rmSync(folder, { recursive: true });
    return [
      { label: "falcoc lint, cold", unit: "ms", aim: "< 400", ...official },
      { label: "falcoc lint of one small rule", unit: "ms", ...loading },
      { label: "falcoc --version", unit: "ms", ...version },
      { label: "node -e 0", unit: "ms", ...node },
      { label: "lint / start and loading", unit: "x", aim: "<= 1.5", value: official.value / loading.value },
    ];
  },
};

/** Of each command, run in turn. */
function times<T extends string>(commands: Record<T, readonly string[]>): Record<T, Summary> {
  const samples = new Map<string, number[]>();
  for (let run = 0; run <= RUNS; run++) {
    for (const [name, command] of Object.entries<readonly string[]>(commands)) {
      const ms = timed(command);
      // The first run fills the file cache and V8's compile cache.
      if (run > 0) samples.set(name, [...(samples.get(name) ?? []), ms]);
    }
  }
  return Object.fromEntries([...samples].map(([name, of]) => [name, summarise(of)])) as Record<T, Summary>;
}

function timed(args: readonly string[]): number {
  const begin = performance.now();
  const { status, error } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (error !== undefined || status === null || status > 1)
    throw new Error(`${args.join(" ")} failed: ${status}`);
  return performance.now() - begin;
}
