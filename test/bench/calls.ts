// SPDX-License-Identifier: Apache-2.0
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openProbe, ProbeError } from "@falcoc/probe";
import type { Benchmark } from "./benchmark.ts";

const SOURCE = fileURLToPath(new URL("calls.c", import.meta.url));

/** Processor time of one call, or of a pair of them, in ns. */
export interface CallTimes {
  readonly getpid: number;
  readonly close: number;
  readonly openAndClose: number;
}

/** The program `calls.c`. */
export class Calls {
  readonly #program: string;

  constructor(folder: string) {
    this.#program = join(folder, "calls");
    execFileSync("cc", ["-O2", "-pthread", "-o", this.#program, SOURCE]);
  }

  /** Makes each call so many times. */
  times(count: number): CallTimes {
    const [getpid = 0, close = 0, openAndClose = 0] = numbers(
      execFileSync(this.#program, [String(count)], { encoding: "utf8" }),
    );
    return { getpid, close, openAndClose };
  }

  /** Keeps threads busy with calls that make an event each, `rate` a second in all; 0: as many as they can. */
  async busy(threads: number, rate: number, seconds: number): Promise<{ events: number; rate: number }> {
    const { stdout } = await promisify(execFile)(this.#program, [threads, rate, seconds].map(String));
    const [events = 0, ns = 1] = numbers(stdout);
    return { events, rate: (events * 1e9) / ns };
  }
}

function numbers(text: string): number[] {
  return text.trim().split("\n").map(Number);
}

/** Runs a benchmark that needs the kernel's events, with a folder that is gone afterwards. */
export async function withKernel(
  measure: (folder: string) => ReturnType<Benchmark["run"]>,
): ReturnType<Benchmark["run"]> {
  try {
    openProbe({ events: new Set() }).close();
  } catch (error) {
    if (error instanceof ProbeError) return { skipped: error.message };
    throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), "falcoc-bench-"));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
