// SPDX-License-Identifier: Apache-2.0
import { watch } from "node:fs";
import { dirname } from "node:path";
import type { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import type { Terminal } from "../terminal.ts";

/** An editor writes a file in several steps; they make one run. */
const SETTLE_MS = 100;
const CLEAR_SCREEN = "\u001b[2J\u001b[H";

/** Runs again whenever something changes in a directory of the files that the last run read, until interrupted. */
export async function watchSuites(
  { out, err }: Terminal,
  run: () => Promise<{ readonly status: ExitCode; readonly files: readonly string[] }>,
): Promise<never> {
  let files: readonly string[] = [];
  for (;;) {
    if (out.isTerminal) out.write(CLEAR_SCREEN);
    try {
      ({ files } = await run());
    } catch (error) {
      // A file that is gone may come back; without a run that worked there is nothing to wait for.
      if (!(error instanceof Failure) || files.length === 0) throw error;
      for (const problem of error.problems) err.write(`${problem}\n`);
    }
    err.write("watching for changes\n");
    await changeIn(new Set(files.map((file) => dirname(file))));
  }
}

/** Resolves when something in one of the directories has changed and come to rest. */
function changeIn(directories: ReadonlySet<string>): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | null = null;
    const watchers = [...directories].map((directory) =>
      watch(directory, () => {
        if (timer !== null) clearTimeout(timer);
        timer = setTimeout(() => {
          for (const watcher of watchers) watcher.close();
          resolve();
        }, SETTLE_MS);
      }),
    );
  });
}
