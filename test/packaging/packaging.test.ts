// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../cli/falcoc.ts";
import { installPackages, manifests } from "./install.ts";

let folder: string;
beforeAll(() => {
  folder = installPackages();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entries = manifests.flatMap(({ name, exports }) =>
  Object.keys(exports ?? {})
    .filter((entry) => !entry.endsWith(".json"))
    .map((entry) => name + entry.slice(1)),
);

const RULES = `
- list: shells
  items: [bash, zsh]
- rule: Shell
  desc: a shell
  condition: evt.type = execve and proc.name in (shells)
  output: shell (%proc.name)
  priority: INFO
`;

const EVENT = '{"evt.type":"execve","proc.name":"zsh"}';

/** Runs a module in the folder where the packages are installed. */
function runModule(text: string) {
  writeFileSync(join(folder, "module.js"), text);
  return spawnSync(process.execPath, ["module.js"], { cwd: folder, encoding: "utf8" });
}

describe("installed packages", () => {
  it.each(entries)("%s can be imported", (entry) => {
    const { stdout, stderr } = runModule(
      `console.log(Object.keys(await import(${JSON.stringify(entry)})).length);`,
    );
    expect([stderr, Number(stdout) > 0]).toEqual(["", true]);
  });

  it.each([
    "@falcoc/parser/dist/index.js",
    "@falcoc/compiler/src/index.ts",
    "@falcoc/runtime/package.json",
    "falcoc",
    "falcoc/dist/start.js",
  ])("%s is closed", (path) => {
    expect(runModule(`await import(${JSON.stringify(path)});`).stderr).toContain(
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
    );
  });

  it("contain neither tests nor what a build leaves behind", () => {
    const files = ["@falcoc", "falcoc"].flatMap((name) =>
      readdirSync(join(folder, "node_modules", name), { recursive: true, encoding: "utf8" }),
    );
    expect(files.filter((file) => /\.test\.|tsbuildinfo/.test(file))).toEqual([]);
  });

  it("compile rules and run them", () => {
    const { stdout, stderr } = runModule(`
      import { compile } from "@falcoc/compiler";
      import { createEngine, readEvents } from "@falcoc/runtime";
      const { ruleset } = compile([{ path: "rules.yaml", text: ${JSON.stringify(RULES)} }], { target: "0.63" });
      const engine = createEngine(ruleset, { onAlert: (alert) => console.log(alert.rule, alert.message) });
      const { cases } = readEvents(${JSON.stringify(EVENT)}, { path: "events" });
      for (const { events } of cases) for (const event of events) engine.process(event);
    `);
    expect([stderr, stdout]).toEqual(["", "Shell shell (zsh)\n"]);
  });

  it("run a compiled module without the compiler and without evaluating text", () => {
    const bin = join(folder, "node_modules", ".bin", "falcoc");
    execFileSync(bin, ["compile", "-", "-o", "out"], { cwd: folder, input: RULES, stdio: "pipe" });
    writeFileSync(
      join(folder, "run.js"),
      `
      import { createEngine, readEvents } from "@falcoc/runtime";
      import { create, program } from "./out/index.js";
      const engine = createEngine(program, { instantiate: create, onAlert: ({ message }) => console.log(message) });
      const { cases } = readEvents(${JSON.stringify(EVENT)}, { path: "events" });
      for (const { events } of cases) for (const event of events) engine.process(event);
    `,
    );
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--disallow-code-generation-from-strings", "run.js"],
      { cwd: folder, encoding: "utf8" },
    );
    expect([stderr, stdout]).toEqual(["", "shell (zsh)\n"]);
  });

  it("bring a command that runs", () => {
    const bin = join(folder, "node_modules", ".bin", "falcoc");
    const stdout = execFileSync(bin, ["lint", "--format", "json", "-"], {
      cwd: folder,
      input: RULES,
      encoding: "utf8",
    });
    expect(JSON.parse(stdout).counts.error).toBe(0);
  });

  it.each(["nodenext", "bundler"])("have types for module resolution %s", (resolution) => {
    const nodenext = resolution === "nodenext";
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: "es2023",
      lib: ["es2023"],
      module: nodenext ? "nodenext" : "esnext",
      moduleResolution: resolution,
      types: ["node"],
      typeRoots: [join(root, "node_modules", "@types")],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
    writeFileSync(
      join(folder, "consumer.ts"),
      `import { create, program as compiled } from "./out/index.js";
import type { Diagnostic } from "@falcoc/parser";
import { compile } from "@falcoc/compiler";
import type { Program } from "@falcoc/compiler/program";
import { createEngine } from "@falcoc/runtime";
const { ruleset, diagnostics } = compile([{ path: "rules.yaml", text: "" }], { target: "0.63" });
const program: Program = ruleset;
export const messages: string[] = diagnostics.map((diagnostic: Diagnostic) => diagnostic.message);
export const engine = createEngine(program, { onAlert: (alert) => void alert });
export const other = createEngine(compiled, { instantiate: create });
// @ts-expect-error a file is an object with path and text
compile(["rules.yaml"]);
`,
    );
    const tsc = join(
      dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
      "bin",
      "tsc",
    );
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(stdout).toBe("");
  });
});

describe("in a browser", () => {
  it("parser and compiler need nothing of Node", async () => {
    const { outputFiles, warnings, metafile } = await build({
      stdin: {
        contents: `import { compile } from "@falcoc/compiler"; import * as parser from "@falcoc/parser";
globalThis.answer = { ...compile([{ path: "rules.yaml", text: ${JSON.stringify(RULES)} }]), parser };`,
        resolveDir: folder,
      },
      bundle: true,
      write: false,
      metafile: true,
      platform: "browser",
      format: "iife",
      logLevel: "silent",
    });
    expect(warnings).toEqual([]);
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    expect(imports).toEqual([]);
    const context: { answer?: { ruleset: { rules: { name: string }[] }; diagnostics: unknown[] } } = {};
    runInNewContext(outputFiles[0]?.text ?? "", context);
    expect(context.answer?.ruleset.rules.map((rule) => rule.name)).toEqual(["Shell"]);
  });
});
