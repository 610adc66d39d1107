// SPDX-License-Identifier: Apache-2.0
// Builds the kernel programs and the addon into build/. Where a tool is missing it says so in one line and leaves
// everything else of falcoc to work without live events: it never fails an installation.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const out = join(folder, "build");
/** Newest first; older ones cannot tell a parameter that disagrees with the catalogue. */
const CLANGS = [...[22, 21, 20, 19, 18, 17, 16, 15, 14].map((version) => `clang-${version}`), "clang"];

const missing = process.platform === "linux" ? missingTools() : [`Linux (this is ${process.platform})`];
if (missing.length > 0) {
  console.error(`falcoc: live events were not built, for want of ${missing.join(", ")}; all else works`);
} else {
  build();
}

function missingTools(): string[] {
  return [
    ...(findClang() === null ? ["clang"] : []),
    ...(runs("make") ? [] : ["make"]),
    ...(runs("cc") ? (hasHeader("bpf/libbpf.h") ? [] : ["libbpf-dev"]) : ["a C compiler"]),
    ...(napiHeaders() === null ? ["node-api-headers"] : []),
  ];
}

function build(): void {
  mkdirSync(out, { recursive: true });
  const variables = [`CLANG=${findClang()}`, `NAPI_INCLUDE=${napiHeaders()}`, `OUT=${out}`];
  const made = spawnSync("make", ["-j2", ...variables], { cwd: folder, encoding: "utf8" });
  if (made.status === 0) return;
  // A half of the two does not work, and an old half would do harm.
  rmSync(out, { recursive: true, force: true });
  console.error(`falcoc: live events could not be built; all else works\n${made.stdout}${made.stderr}`);
}

function findClang(): string | null {
  return CLANGS.find(runs) ?? null;
}

function napiHeaders(): string | null {
  try {
    const headers = createRequire(import.meta.url).resolve("node-api-headers/package.json");
    return join(dirname(headers), "include");
  } catch {
    return null;
  }
}

function runs(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

function hasHeader(header: string): boolean {
  const program = `#include <${header}>\n`;
  return (
    spawnSync("cc", ["-E", "-x", "c", "-"], { input: program, stdio: ["pipe", "ignore", "ignore"] })
      .status === 0
  );
}
