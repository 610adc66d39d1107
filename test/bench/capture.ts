// SPDX-License-Identifier: Apache-2.0
import { type Benchmark, type Figure, summarise } from "./benchmark.ts";
import { repeatedCaptures } from "./capture-file.ts";
import { measureRun, type Run } from "./measure-run.ts";
import { OFFICIAL_FILES } from "./shared-rules.ts";

/** Many, so that what V8 takes to compile our code counts as little as it does in a program that runs for long. */
const EVENTS_MIN = 12_000_000;
const RUNS = 3;

const LINES = [
  { label: "(a) walking the blocks", mode: "walk", rules: [], aim: undefined },
  { label: "(b) plus decoding and state", mode: "state", rules: [], aim: "<= 150 (C++ engine: about 200)" },
  {
    label: "(c) plus the stable rules",
    mode: "rules",
    rules: OFFICIAL_FILES.slice(0, 1),
    aim: "(C++ engine: 420-500)",
  },
  {
    label: "(d) plus the three official files",
    mode: "rules",
    rules: OFFICIAL_FILES,
    aim: "<= 450 (C++ engine: about 1200)",
  },
] as const;

/** Replay of a capture, processor time of a process of its own for each line. */
export const capture: Benchmark = {
  name: "capture",
  about: `processor time for each event of the golden captures, repeated to over ${EVENTS_MIN} events, uncompressed`,
  async run() {
    const file = repeatedCaptures(EVENTS_MIN);
    if (file === null) return { skipped: "no golden captures beside this checkout" };
    try {
      return LINES.flatMap(({ label, mode, rules, aim }): Figure[] => {
        const runs = Array.from({ length: RUNS }, () => measureRun([mode, file.path, ...rules]));
        const perEvent = runs.map((run) => run.cpuNs / run.events);
        const last = runs.at(-1);
        return [
          { label, unit: "ns", aim, ...summarise(perEvent) },
          ...partsOf(runs),
          {
            label: `    of ${last?.events} events, ${last?.alerts} alerts; resident`,
            unit: "MiB",
            value: last?.rssMib ?? 0,
          },
        ];
      });
    } finally {
      file.remove();
    }
  },
};

/** What the first events cost, and all others: V8 compiles while the first ones come. */
function partsOf(runs: readonly Run[]): Figure[] {
  const parts = runs.flatMap(({ events, cpuNs, first }) =>
    first === null
      ? []
      : [
          {
            first: first.cpuNs / first.events,
            later: (cpuNs - first.cpuNs) / (events - first.events),
          },
        ],
  );
  if (parts.length === 0) return [];
  return [
    { label: "    the first two million", unit: "ns", ...summarise(parts.map(({ first }) => first)) },
    { label: "    all after them", unit: "ns", ...summarise(parts.map(({ later }) => later)) },
  ];
}
