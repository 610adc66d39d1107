// SPDX-License-Identifier: Apache-2.0
// What `bin/falcoc.js` runs: ties the command line to this process.
import { EXIT } from "./exit-code.ts";
import { main } from "./main.ts";
import { createTerminal } from "./terminal.ts";

// A reader that has seen enough (`| head`) closes the pipe; that is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.ok);
    throw error;
  });
}

try {
  // Setting the status, rather than exiting, lets Node write out what is still buffered.
  process.exitCode = await main(process.argv.slice(2), createTerminal(process, process.env));
} catch (error) {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`falcoc: internal error, please report it\n${stack}\n`);
  process.exitCode = EXIT.failure;
}
