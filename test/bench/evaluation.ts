// SPDX-License-Identifier: Apache-2.0
import { type Benchmark, type Figure, summarise } from "./benchmark.ts";
import { repeatedCaptures } from "./capture-file.ts";
import { copiedRules } from "./copied-rules.ts";
import { measureRun } from "./measure-run.ts";
import { OFFICIAL_FILES } from "./shared-rules.ts";

const EVENTS_MIN = 2_000_000;
const INTERPRETED_EVENTS_MIN = 20_000;
const RUNS = 3;

const COPIES = [
  { copies: 1, aim: undefined },
  { copies: 10, aim: "<= 1.5" },
  { copies: 100, aim: "<= 4" },
] as const;

/** What rules cost on top of reading a capture and following its state: compiled, copied, interpreted. */
export const evaluation: Benchmark = {
  name: "evaluation",
  about: "processor time for each event that the three official files add to state, alerts aside",
  async run() {
    const file = repeatedCaptures(EVENTS_MIN);
    const small = repeatedCaptures(INTERPRETED_EVENTS_MIN);
    if (file === null || small === null) return { skipped: "no golden captures beside this checkout" };
    try {
      const state = perEvent(["state", file.path], RUNS);
      const compiled = COPIES.map(({ copies }) => {
        const rules = copiedRules(OFFICIAL_FILES, copies);
        try {
          return perEvent(["quiet", file.path, ...rules.paths], RUNS) - state;
        } finally {
          rules.remove();
        }
      });
      const interpreted =
        perEvent(["interpret", small.path, ...OFFICIAL_FILES], 1) - perEvent(["state", small.path], 1);
      const once = compiled[0] ?? Number.NaN;
      return [
        ...COPIES.flatMap(({ copies, aim }, i): Figure[] => [
          { label: `compiled, ${93 * copies} rules`, value: compiled[i] ?? Number.NaN, unit: "ns" },
          {
            label: "    times that of the rules once",
            value: (compiled[i] ?? Number.NaN) / once,
            unit: "x",
            aim,
          },
        ]),
        { label: "reference interpreter", value: interpreted, unit: "ns" },
        { label: "    times that of compiled code", value: interpreted / once, unit: "x", aim: ">= 50" },
      ];
    } finally {
      file.remove();
      small.remove();
    }
  },
};

function perEvent(args: readonly string[], runs: number): number {
  const samples = Array.from({ length: runs }, () => {
    const { cpuNs, events } = measureRun(args);
    return cpuNs / events;
  });
  return summarise(samples).value;
}
