// SPDX-License-Identifier: Apache-2.0
import type { Benchmark, Figure } from "./benchmark.ts";
import { madeCapture } from "./made-capture.ts";
import { measureRun, type Run } from "./measure-run.ts";
import { OFFICIAL_FILES, officialFiles } from "./shared-rules.ts";

const FDS_EACH = 10;
const PROCESSES = [0, 1000, 10_000, 50_000] as const;
const AIMED_PROCESSES = 10_000;
const READS = 1_000_000;
/** Room for everything that a run makes, so that nothing is collected before it is counted. */
const NO_COLLECTION = ["--min-semi-space-size=256", "--max-semi-space-size=256"] as const;

/** How memory grows with the machine that is followed, and with events that change nothing. */
export const memory: Benchmark = {
  name: "memory",
  about: `resident memory with the three official files, of machines with ${FDS_EACH} open files in each process`,
  async run() {
    if (officialFiles() === null) return { skipped: "no ../shared beside this checkout" };
    const few = following(1, READS / 10, NO_COLLECTION);
    const many = following(1, READS, NO_COLLECTION);
    return [
      ...PROCESSES.map(
        (processes): Figure => ({
          label: `${processes} processes, ${processes * FDS_EACH} descriptors`,
          value: following(processes, 1000).rssMib,
          unit: "MiB",
          ...(processes === AIMED_PROCESSES ? { aim: "< 200" } : {}),
        }),
      ),
      {
        label: `allocated for a read, of ${READS} that match nothing`,
        value: (many.heapGrowthBytes - few.heapGrowthBytes) / (many.events - few.events),
        unit: "bytes",
        aim: "0 (but for a few bytes of reading the file)",
      },
    ];
  },
};

function following(processes: number, reads: number, flags: readonly string[] = []): Run {
  const file = madeCapture(processes, FDS_EACH, reads);
  try {
    return measureRun(["rules", file.path, ...OFFICIAL_FILES], flags);
  } finally {
    file.remove();
  }
}
