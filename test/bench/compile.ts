// SPDX-License-Identifier: Apache-2.0
import { compile } from "@falcoc/compiler";
import { type Benchmark, summarise } from "./benchmark.ts";
import { officialFiles } from "./shared-rules.ts";

const RUNS = 30;

/** Compiling once V8 has seen the compiler: what an editor or a watching linter pays for a change. */
export const warmCompile: Benchmark = {
  name: "compile",
  about: "compile() of the three official files in a warm process",
  async run() {
    const files = officialFiles();
    if (files === null) return { skipped: "no ../shared beside this checkout" };
    const samples: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const begin = performance.now();
      const { ruleset } = compile(files);
      samples.push(performance.now() - begin);
      if (ruleset.rules.length === 0) throw new Error("the official files gave no rules");
    }
    const warm = summarise(samples.slice(RUNS / 2));
    return [
      { label: "first", unit: "ms", value: samples[0] ?? Number.NaN },
      { label: "warm", unit: "ms", aim: "< 60", ...warm },
    ];
  },
};
