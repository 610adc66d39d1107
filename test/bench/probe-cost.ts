// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import type { Benchmark, Figure } from "./benchmark.ts";
import { Calls, withKernel } from "./calls.ts";
import { startLive } from "./live-process.ts";
import type { LiveMode } from "./live-run.ts";
import { withRedis } from "./redis.ts";
import { officialFiles } from "./shared-rules.ts";
import { smallProject } from "./small-project.ts";

const ROUNDS = 5;
const CALLS = 300_000;

/** Something that takes time, and how it is named. */
interface Work {
  readonly label: string;
  readonly aim?: string;
  /** Does it once. Gives how long it took, in any unit. */
  readonly run: () => number;
}

/** What the machine's own work costs more while we watch. */
export const probeCost: Benchmark = {
  name: "probe-cost",
  about:
    "how much slower work gets while the probe is attached, without rules and with the stable official ones",
  run: () =>
    withKernel(async (folder) => {
      if (officialFiles() === null) return { skipped: "no ../shared beside this checkout" };
      const calls = new Calls(folder);
      const project = smallProject(folder);
      const build = () => {
        execFileSync("make", ["-C", project, "-s", "clean"]);
        return elapsedMs(() => execFileSync("make", ["-C", project, "-s", "-j2"]));
      };
      return [
        ...(await measure({ label: "getpid", aim: "C++ engine: 47", run: () => calls.times(CALLS).getpid })),
        ...(await measure({
          label: "openat and close",
          aim: "C++ engine: 235",
          run: () => calls.times(CALLS).openAndClose,
        })),
        ...(await measure({ label: "make -j2 of 41 C files", aim: "<= 10", run: build })),
      ];
    }),
};

/** The same for a server that does little else than system calls. */
export const probeRedis: Benchmark = {
  name: "probe-redis",
  about: "how much slower redis-benchmark gets while the probe is attached",
  run: () =>
    withKernel(async (folder) => {
      if (officialFiles() === null) return { skipped: "no ../shared beside this checkout" };
      return withRedis(folder, (benchmark) =>
        measure({ label: "redis-benchmark, set and get", run: () => elapsedMs(benchmark) }),
      );
    }),
};

const MODES: readonly [mode: LiveMode, label: string][] = [
  ["none", "no rules"],
  ["rules", "stable rules"],
];

/**
 * Does the work in turns with and without a probe, so that what else the machine does meets all of them alike. A probe
 * sees it twice, and the second time counts: an agent compiles its code in its first seconds, and runs for months.
 */
async function measure({ label, aim, run }: Work): Promise<Figure[]> {
  const bare: number[] = [];
  const watched = MODES.map(() => ({ times: [] as number[], ownPart: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(run());
    for (const [i, [mode]] of MODES.entries()) {
      const live = await startLive(mode);
      run();
      const before = await live.counts();
      let time = 0;
      const tookMs = elapsedMs(() => (time = run()));
      const after = await live.counts();
      await live.stop();
      watched[i]?.times.push(time);
      watched[i]?.ownPart.push((after.cpuUs - before.cpuUs) / 10 / tookMs);
    }
  }
  const least = Math.min(...bare);
  return MODES.flatMap(([, name], i): Figure[] => {
    const { times = [], ownPart = [] } = watched[i] ?? {};
    return [
      { label: `${label}, ${name}: slower`, value: 100 * (Math.min(...times) / least - 1), unit: "%", aim },
      { label: "    our processor time meanwhile", value: Math.min(...ownPart), unit: "% of a cpu" },
    ];
  });
}

function elapsedMs(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
