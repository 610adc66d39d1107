// SPDX-License-Identifier: Apache-2.0
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { pastBarrels } from "./past-barrels.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * How the command line is bundled: everything it needs in one folder, with a chunk a command, so that a cold start
 * reads little. The files find their package.json one level above `outdir`.
 */
export function cliBundle(outdir: string): BuildOptions {
  return {
    absWorkingDir: join(root, "packages", "cli"),
    entryPoints: ["src/start.ts"],
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    conditions: ["@falcoc/source"],
    plugins: [pastBarrels],
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: false,
    logLevel: "warning",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  };
}
