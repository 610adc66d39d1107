// SPDX-License-Identifier: Apache-2.0
// Runs every case of every suite and prints a table. `npm run conformance [-- PART-OF-A-SUITE-NAME] [--show N]`
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { KNOWN_DIFFERENCES } from "../test/conformance/differences.ts";
import { SUITES } from "../test/conformance/index.ts";
import { runSuite } from "../test/conformance/suite.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: "string", default: "5" }, shared: { type: "string" } },
});
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const shared = resolve(values.shared ?? join(root, "..", "shared"));
if (!existsSync(shared)) {
  console.error(`no cases: ${shared} does not exist (name another folder with --shared)`);
  process.exit(2);
}
const show = Number(values.show);
let failures = 0;
console.log(
  `${"suite".padEnd(28)}${"cases".padStart(8)}${"passed".padStart(8)}${"failed".padStart(8)}${"known".padStart(8)}`,
);
for (const suite of SUITES) {
  if (positionals.length > 0 && !positionals.some((part) => suite.name.includes(part))) continue;
  const { cases, passed, failed, known } = await runSuite(suite, shared, KNOWN_DIFFERENCES);
  const counts = [cases, passed, failed.length, known.length].map((count) => String(count).padStart(8));
  console.log(`${suite.name.padEnd(28)}${counts.join("")}`);
  for (const { id, message } of failed.slice(0, show))
    console.log(`    ${id}: ${message.replaceAll("\n", "\n      ")}`);
  failures += failed.length;
}
process.exit(failures > 0 ? 1 : 0);
