// SPDX-License-Identifier: Apache-2.0
// Builds every package: declarations by tsc, JavaScript by esbuild. Run by npm's `prepare`.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { cliBundle } from "./cli-bundle.ts";
import { thirdPartyLicences } from "./third-party.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Packages in the order of their arrows, with the entry points that their `exports` maps name. */
const libraries = [
  { name: "parser", entries: ["index"] },
  { name: "compiler", entries: ["index", "program/index", "catalog/index"] },
  { name: "runtime", entries: ["index"] },
  { name: "probe", entries: ["index"] },
];

for (const name of [...libraries.map((library) => library.name), "cli"]) {
  rmSync(join(root, "packages", name, "dist"), { recursive: true, force: true });
}

const tsc = createRequire(import.meta.url).resolve("typescript/package.json");
const types = spawnSync(process.execPath, [join(dirname(tsc), "bin", "tsc"), "-b", "packages/cli"], {
  cwd: root,
  stdio: "inherit",
});
if (types.status !== 0) process.exit(types.status ?? 1);

await Promise.all([
  ...libraries.map(({ name, entries }) =>
    build({
      absWorkingDir: join(root, "packages", name),
      entryPoints: entries.map((entry) => `src/${entry}.ts`),
      outdir: "dist",
      outbase: "src",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "neutral",
      target: "node22",
      packages: "external",
      external: ["node:*"],
      sourcemap: true,
      logLevel: "warning",
    }),
  ),
  buildCli(),
]);

// Live events need clang and libbpf; without them this says so in one line, and everything else works.
spawnSync(process.execPath, [join(root, "packages", "probe", "build.ts")], { cwd: root, stdio: "inherit" });

async function buildCli(): Promise<void> {
  const folder = join(root, "packages", "cli");
  const { metafile } = await build({ ...cliBundle("dist"), metafile: true });
  writeFileSync(join(folder, "dist", "third-party-licences.txt"), thirdPartyLicences(metafile, folder));
}
