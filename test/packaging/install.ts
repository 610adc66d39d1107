// SPDX-License-Identifier: Apache-2.0
// Packs every package and installs the archives, without network, where nothing of the workspace can be seen.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../cli/falcoc.ts";

export interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Our own packages. */
export const manifests: readonly Manifest[] = readdirSync(join(root, "packages")).map((name) =>
  readManifest(join(root, "packages", name)),
);

/** Packs what was built, installs everything into a new folder, and gives its path. */
export function installPackages(): string {
  const folder = mkdtempSync(join(tmpdir(), "falcoc-install-"));
  const archives = join(folder, "archives");
  mkdirSync(archives);
  const own = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  const packed = ["pack", "--ignore-scripts", "--pack-destination", archives, ...own, ...foreignPackages()];
  npm(packed, folder);
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module" }),
  );
  const files = readdirSync(archives).map((name) => join(archives, name));
  npm(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", ...files], folder);
  return folder;
}

function npm(args: readonly string[], cwd: string): void {
  execFileSync("npm", args, { cwd, stdio: "pipe" });
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** Folders of everything that our packages depend on, directly or not. */
function foreignPackages(): string[] {
  const folders = new Map<string, string>();
  const visit = ({ dependencies, optionalDependencies }: Manifest) => {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const folder = join(root, "node_modules", name);
      if (manifests.some((manifest) => manifest.name === name) || folders.has(name) || !existsSync(folder))
        continue;
      folders.set(name, folder);
      visit(readManifest(folder));
    }
  };
  manifests.forEach(visit);
  return [...folders.values()];
}
