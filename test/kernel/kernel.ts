// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openProbe, ProbeError } from "@falcoc/probe";
import { describe, it } from "vitest";

/** Why the kernel's events cannot be had here; null: they can. */
function whyNot(): string | null {
  try {
    openProbe({ events: new Set(), ringBytes: 64 * 1024 }).close();
    return null;
  } catch (error) {
    if (error instanceof ProbeError) return error.message;
    throw error;
  }
}

/** Tests that need the kernel. Where it cannot be had they are skipped in one line; `FALCOC_REQUIRE_KERNEL=1` fails. */
export function describeKernel(title: string, define: () => void): void {
  const reason = whyNot();
  if (reason === null) describe(title, define);
  else if (process.env.FALCOC_REQUIRE_KERNEL === "1") {
    describe(title, () => it("needs the kernel", () => Promise.reject(new Error(reason))));
  } else describe.skip(`${title} (skipped: ${reason.split("\n")[0]})`, () => {});
}

/** Compiles a C file of this folder, and gives the path of the program. */
export function compile(name: string, folder: string): string {
  const program = join(folder, name);
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  execFileSync("cc", ["-O1", "-Wall", "-Werror", "-o", program, source]);
  return program;
}

/** A folder of its own for a test, and what removes it. */
export function scratchFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "falcoc-kernel-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
