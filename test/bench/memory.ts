// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Benchmark, Figure } from "./benchmark.ts";
import { madeCapture } from "./made-capture.ts";
import { measureRun, type Run } from "./measure-run.ts";
import { OFFICIAL_FILES, officialFiles, root } from "./shared-rules.ts";

const FDS_EACH = 10;
const PROCESSES = [0, 1000, 10_000, 50_000] as const;
const AIMED_PROCESSES = 10_000;
const READS = 1_000_000;
/** Room for everything that a run makes, so that nothing is collected before it is counted. */
const NO_COLLECTION = ["--min-semi-space-size=256", "--max-semi-space-size=256"] as const;

/** How memory grows with the machine that is followed, and with events that change nothing. */
export const memory: Benchmark = {
  name: "memory",
  about: `most resident memory of \`falcoc replay\` as built, with the three official files, of machines with ${FDS_EACH} open files in each process`,
  async run() {
    if (officialFiles() === null) return { skipped: "no ../shared beside this checkout" };
    const few = measured(READS / 10);
    const many = measured(READS);
    return [
      ...PROCESSES.map(
        (processes): Figure => ({
          label: `${processes} processes, ${processes * FDS_EACH} descriptors`,
          value: residentMib(processes),
          unit: "MiB",
          ...(processes === AIMED_PROCESSES ? { aim: "< 190 (200 MB)" } : {}),
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

/** Prints to standard error how much a process has had in memory at most, in KiB. */
const PRINT_PEAK = `data:text/javascript,process.on("exit", () => {
  process.stderr.write("\\n" + process.resourceUsage().maxRSS);
})`;

/** The agent has the same state of the machine, and keeps it in the same way. */
function residentMib(processes: number): number {
  const file = madeCapture(processes, FDS_EACH, 1000);
  try {
    const falcoc = join(root, "packages", "cli", "bin", "falcoc.js");
    const { stderr, status } = spawnSync(
      process.execPath,
      ["--import", PRINT_PEAK, falcoc, "replay", file.path, "-r", ...OFFICIAL_FILES],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`falcoc replay failed: ${stderr}`);
    return Number(stderr.split("\n").at(-1)) / 1024;
  } finally {
    file.remove();
  }
}

function measured(reads: number): Run {
  const file = madeCapture(1, FDS_EACH, reads);
  try {
    return measureRun(["rules", file.path, ...OFFICIAL_FILES], NO_COLLECTION);
  } finally {
    file.remove();
  }
}
