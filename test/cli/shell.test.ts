// SPDX-License-Identifier: Apache-2.0
// The command line as a citizen of the shell, whatever the command.
import { execFileSync, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFalcoc, type Falcoc } from "./falcoc.ts";

let falcoc: Falcoc;
beforeAll(async () => {
  falcoc = await buildFalcoc();
});
afterAll(() => falcoc.remove());

describe("falcoc", () => {
  it("prints its version", async () => {
    const { status, stdout, stderr } = await falcoc.run(["--version"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^falcoc \d+\.\d+\.\d+\n$/);
  });

  it("prints help of every command, with examples", async () => {
    const { stdout } = await falcoc.run(["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*/gm)].map((match) => match[1] ?? "");
    expect(commands).toContain("lint");
    for (const command of commands.filter((name) => name !== "help")) {
      const help = await falcoc.run([command, "--help"]);
      expect([command, help.status, help.stderr]).toEqual([command, 0, ""]);
      expect(help.stdout).toContain("Examples:\n");
    }
  });

  it.each([
    ["no command", [], "Usage: falcoc"],
    ["an unknown command", ["lnt"], "Did you mean lint?"],
    ["an unknown flag", ["lint", "--fxi", "x.yaml"], "Did you mean --fix?"],
    ["a missing argument", ["lint"], "missing required argument 'rules'"],
    ["a value that is no choice", ["lint", "--format", "xml", "x.yaml"], "Allowed choices are"],
    ["a number that is none", ["lint", "--max-warnings", "few", "x.yaml"], "not a whole number"],
  ])("refuses %s with status 2", async (_title, args, message) => {
    const { status, stdout, stderr } = await falcoc.run(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("is quiet when its reader has seen enough", () => {
    const script = `"$0" "$1" fields --json | head -c 100; echo "\${PIPESTATUS[0]}"`;
    const run = spawnSync("bash", ["-c", script, process.execPath, falcoc.bin], { encoding: "utf8" });
    expect(run.stdout).toMatch(/\n0\n$/);
    expect(run.stderr).toBe("");
  });

  it("writes all of a large output into a pipe before it ends", async () => {
    const { stdout } = await falcoc.run(["fields", "--json"]);
    expect(stdout.length).toBeGreaterThan(65536);
    expect(JSON.parse(stdout)).not.toHaveLength(0);
  });

  it.each([
    ["not into a pipe", {}, false],
    ["where FORCE_COLOR asks for it", { FORCE_COLOR: "1" }, true],
    ["not where NO_COLOR forbids it", { NO_COLOR: "1" }, false],
  ])("colours %s", async (_title, env, coloured) => {
    const { stdout } = await falcoc.run(["lint", "-"], { input: "- rule: x\n", env });
    expect(stdout.includes("\u001b[")).toBe(coloured);
  });

  it("completes its own commands in bash", async () => {
    const script = `${(await falcoc.run(["completion", "bash"])).stdout}
COMP_WORDS=(falcoc lint --format ''); COMP_CWORD=3; _falcoc; echo "\${COMPREPLY[@]}"`;
    const offered = execFileSync("bash", ["-c", script], { encoding: "utf8" });
    expect(offered).toBe("pretty json sarif github engine\n");
  });
});
