// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./shared-rules.ts";

/** What a run over a capture printed. */
export interface Run {
  readonly events: number;
  /** Processor time of the process. */
  readonly cpuNs: number;
  /** The same of the first events, while V8 still compiles; null: there were no more than these. */
  readonly first: { readonly events: number; readonly cpuNs: number } | null;
  readonly alerts: number;
  readonly rssMib: number;
  /** How much larger the heap was at the end, what could have been collected included. */
  readonly heapGrowthBytes: number;
}

/** Runs `capture-run.ts` in a process of its own, with `flags` for Node. */
export function measureRun(args: readonly string[], flags: readonly string[] = []): Run {
  const script = join(root, "test", "bench", "capture-run.ts");
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [...flags, "--conditions=@falcoc/source", script, ...args],
    { encoding: "utf8", env: { ...process.env, TZ: "UTC" } },
  );
  if (status !== 0) throw new Error(`the run failed: ${stderr}`);
  return JSON.parse(stdout) as Run;
}
