// SPDX-License-Identifier: Apache-2.0
// Runs the command line as its users do: bundled, in a process of its own, away from the sources.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { cliBundle } from "../../tools/cli-bundle.ts";

/** The root of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface RunOptions {
  /** What standard input holds; empty without. */
  readonly input?: string | Uint8Array;
  /** Default: the root of the project. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The process is killed after this; its status is then null. */
  readonly timeoutMs?: number;
}

export interface Falcoc {
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Path of the executable. */
  readonly bin: string;
  remove(): void;
}

/** Builds the command line into a folder of its own. */
export async function buildFalcoc(): Promise<Falcoc> {
  const folder = mkdtempSync(join(tmpdir(), "falcoc-cli-"));
  for (const name of ["package.json", "bin"]) {
    cpSync(join(root, "packages", "cli", name), join(folder, name), { recursive: true });
  }
  await build(cliBundle(join(folder, "dist")));
  const bin = join(folder, "bin", "falcoc.js");
  return {
    bin,
    run: (args, options = {}) => run(bin, args, options),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function run(bin: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const started = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: options.cwd ?? root,
      env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...options.env },
      timeout: options.timeoutMs ?? 60_000,
      killSignal: "SIGKILL",
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    // A command that reads no standard input closes it early.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
    child.on("error", fail);
    child.on("close", (status) => {
      done({
        status,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
        durationMs: performance.now() - started,
      });
    });
  });
}
