// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFalcoc, type Falcoc } from "./falcoc.ts";
import { SARIF_SCHEMA } from "./sarif-schema.ts";

let falcoc: Falcoc;
let folder: string;
beforeAll(async () => {
  falcoc = await buildFalcoc();
  folder = mkdtempSync(join(tmpdir(), "falcoc-lint-"));
});
afterAll(() => {
  falcoc.remove();
  rmSync(folder, { recursive: true });
});

function rule(condition: string): string {
  return `- rule: A\n  desc: d\n  condition: ${condition}\n  output: o\n  priority: INFO\n`;
}
const CLEAN = rule("evt.type in (execve, execveat) and proc.name = cat");
const WARNING = `- list: unused\n  items: [a]\n${CLEAN}`;
const ERROR = rule("evt.type = open and proc.nam = cat");

describe("falcoc lint", () => {
  it.each([
    ["clean rules", CLEAN, [], 0],
    ["warnings", WARNING, [], 0],
    ["more warnings than allowed", WARNING, ["--max-warnings", "0"], 1],
    ["as many warnings as allowed", WARNING, ["--max-warnings", "100"], 0],
    ["errors", ERROR, [], 1],
    ["errors for the engine", ERROR, ["--format", "engine"], 1],
    ["warnings for the engine", WARNING, ["--format", "engine"], 0],
    ["more of the engine's warnings than allowed", WARNING, ["--engine-json", "--max-warnings", "0"], 1],
  ])("%s", async (_title, input, flags, expected) => {
    expect((await falcoc.run(["lint", "-", ...flags], { input })).status).toBe(expected);
  });

  it("points at the place", async () => {
    const { stdout, stderr } = await falcoc.run(["lint", "-"], { input: ERROR });
    expect(stderr).toBe("");
    const [head, line, marks] = stdout.split("\n");
    expect(head).toMatch(/^<stdin>:3:34: error: .*proc\.nam.* \[LOAD_ERR_COMPILE_CONDITION\]$/);
    expect(line).toBe("  3 |   condition: evt.type = open and proc.nam = cat");
    expect(marks?.indexOf("^")).toBe(line?.indexOf("proc.nam"));
    expect(stdout).toContain('"proc.name"');
  });

  it("prints valid SARIF", async () => {
    const { stdout } = await falcoc.run(["lint", "-", "--format", "sarif"], { input: WARNING + ERROR });
    const validate = new Ajv({ strict: true, validateFormats: false }).compile(SARIF_SCHEMA);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
    expect(JSON.parse(stdout).runs[0].results).not.toHaveLength(0);
  });

  it("prints workflow commands, one a finding", async () => {
    const { stdout } = await falcoc.run(["lint", "-", "--format", "github"], { input: ERROR });
    expect(stdout).toMatch(/^(::(error|warning|notice) file=[^\n]+::[^\n]+\n)+$/);
  });

  it("prints what the engine prints", async () => {
    const { stdout, stderr } = await falcoc.run(["lint", "-", "--format", "engine"], { input: ERROR });
    const { falco_load_results: results } = JSON.parse(stdout);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      name: "<stdin>",
      successful: false,
      errors: [{ code: "LOAD_ERR_COMPILE_CONDITION" }],
    });
    expect(stderr).toContain("<stdin>: Invalid");
  });

  it("prints only JSON to standard output", async () => {
    const { stdout, stderr } = await falcoc.run(["lint", "-", "--format", "json"], { input: WARNING });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout).counts).toMatchObject({ error: 0 });
  });

  it("loads files in the order given", async () => {
    const [list, user] = [join(folder, "z-list.yaml"), join(folder, "a-user.yaml")];
    writeFileSync(list, "- list: l\n  items: [cat]\n");
    writeFileSync(user, rule("evt.type = open and proc.name in (l)"));
    expect((await falcoc.run(["lint", list, user])).status).toBe(0);
    const macro = join(folder, "macro.yaml");
    writeFileSync(macro, rule("evt.type = open and m"));
    expect((await falcoc.run(["lint", macro, list])).status).toBe(1);
  });

  it("mends what can be mended safely, and says what is left", async () => {
    const path = join(folder, "fix.yaml");
    writeFileSync(
      path,
      `- list: l\n  items: [a, a, b, a] # kept\n${rule("evt.type in (execve, execveat) and proc.name in (l)")}`,
    );
    const { status, stdout, stderr } = await falcoc.run(["lint", "--fix", path]);
    expect([status, stdout, stderr]).toEqual([0, "1 file: no findings\n", "2 fixes applied\n"]);
    expect(readFileSync(path, "utf8")).toMatch(/^- list: l\n {2}items: \[a, b\] # kept\n- rule: A\n/);
  });

  it("looks for more or less on request", async () => {
    const codes = async (...flags: string[]) => {
      const { stdout } = await falcoc.run(["lint", "-", "--format", "json", ...flags], { input: WARNING });
      return JSON.parse(stdout).diagnostics.map((one: { code: string }) => one.code);
    };
    expect(await codes()).toEqual(["LOAD_UNUSED_LIST"]);
    expect(await codes("--disable", "LOAD_UNUSED_LIST")).toEqual([]);
    expect(await codes("--enable", "style")).toContain("STYLE_DESCRIPTION");
    const unknown = await falcoc.run(["lint", "-", "--disable", "LOAD_UNUSED_LISTS"], { input: WARNING });
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('"LOAD_UNUSED_LIST"')]);
  });

  it("goes by falcoc.yaml", async () => {
    const cwd = mkdtempSync(join(folder, "configured-"));
    writeFileSync(join(cwd, "rules.yaml"), WARNING);
    const lint = (...flags: string[]) =>
      falcoc.run(["lint", "rules.yaml", "--format", "json", ...flags], { cwd });
    writeFileSync(join(cwd, "falcoc.yaml"), "lint:\n  severity: {LOAD_UNUSED_LIST: error}\n");
    expect((await lint()).status).toBe(1);
    writeFileSync(join(cwd, "other.yaml"), "lint:\n  disable: [LOAD_UNUSED_LIST]\n");
    expect(JSON.parse((await lint("--config", "other.yaml")).stdout).diagnostics).toEqual([]);
    writeFileSync(join(cwd, "falcoc.yaml"), "lint:\n  disable: [LOAD_UNUSED_LISTS]\n");
    const { status, stderr } = await lint();
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("falcoc.yaml:2:13: no finding has the code"),
    ]);
    expect((await lint("--config", "none.yaml")).stderr).toContain("none.yaml: no such file or directory");
  });

  it("leaves a file alone that has nothing to fix", async () => {
    const path = join(folder, "clean.yaml");
    writeFileSync(path, CLEAN);
    const { status, stderr } = await falcoc.run(["lint", "--fix", path]);
    expect([status, stderr, readFileSync(path, "utf8")]).toEqual([0, "0 fixes applied\n", CLEAN]);
  });
});
