// SPDX-License-Identifier: Apache-2.0
// Habits that a machine can check: arrows between packages, names of rooms, sizes, licences.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const files = execFileSync("git", ["ls-files", "*.ts", "*.c", "*.h"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "")
  .map((path) => ({ path, text: readIfThere(join(root, path)) }))
  .filter((file) => file.text !== "");
const sources = files.filter((file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file.path));
const shipped = sources.filter((file) => !file.path.endsWith(".test.ts"));

/** What each package may import besides its own files: only along the arrows of ARCHITECTURE.md. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  parser: ["chevrotain"],
  compiler: ["@falcoc/parser", "re2js"],
  runtime: ["@falcoc/compiler/program", "@falcoc/compiler/catalog", "node:"],
  probe: ["@falcoc/runtime", "@falcoc/compiler/program", "@falcoc/compiler/catalog", "node:"],
  cli: [
    "@falcoc/parser",
    "@falcoc/compiler",
    "@falcoc/compiler/program",
    "@falcoc/compiler/catalog",
    "@falcoc/runtime",
    "@falcoc/probe",
    "commander",
    "yaml",
    "node:",
  ],
};

/** Files that may be longer than the rest, each with its reason. */
const LONG_FILES: readonly { readonly path: RegExp; readonly reason: string }[] = [
  { path: /^packages\/compiler\/src\/catalog\//, reason: "tables of facts" },
  { path: /\/generated\//, reason: "generated" },
];
const LINES_MAX = 450;

describe("tidy", () => {
  it("imports go along the arrows only", () => {
    const wrong = shipped.flatMap(({ path, text }) => {
      const allowed = ARROWS[path.split("/")[1] ?? ""] ?? [];
      return importsOf(text)
        .filter((name) => !name.startsWith("."))
        .filter((name) => !allowed.some((one) => (one.endsWith(":") ? name.startsWith(one) : name === one)))
        .map((name) => `${path} imports ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it("relative imports stay inside their package", () => {
    const wrong = shipped.flatMap(({ path, text }) =>
      importsOf(text)
        .filter((name) => name.startsWith("."))
        .filter((name) => {
          const [, home] = path.split("/");
          return !join(dirname(path), name).startsWith(`packages/${home}/`);
        })
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("no room is called utils, helpers, common or misc", () => {
    const rooms = files.filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.\w+$)/.test(path));
    expect(rooms.map((file) => file.path)).toEqual([]);
  });

  it("files are named in kebab-case", () => {
    const wrong = sources.filter(({ path }) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.ts$/.test(basename(path)));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it("every source file states its licence in its first lines", () => {
    const wrong = files.filter(({ text }) => !text.slice(0, 300).includes("SPDX-License-Identifier:"));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it(`only tables are longer than ${LINES_MAX} lines`, () => {
    const long = shipped
      .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
      .filter(({ path, lines }) => lines > LINES_MAX && !LONG_FILES.some((one) => one.path.test(path)));
    expect(long).toEqual([]);
  });

  it("generated text is evaluated in one file only", () => {
    const evaluating = shipped.filter(({ text }) => /\bnew Function\b|\beval\(/.test(stripComments(text)));
    expect(evaluating.map((file) => file.path)).toEqual(["packages/runtime/src/load-program.ts"]);
  });

  it("no unowned TODO", () => {
    const wrong = files.filter(
      ({ path, text }) => path !== "test/tidy.test.ts" && /\b(TODO|FIXME|XXX)\b/.test(text),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it("packages have no import cycle of values", () => {
    expect(findCycle()).toBeNull();
  });
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Module names of all value and type imports and re-exports. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

function findCycle(): string[] | null {
  const edges = new Map<string, string[]>();
  for (const { path, text } of shipped) {
    const imports = [...text.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+"(\.[^"]+)"/gm)];
    edges.set(
      path,
      imports.map((match) => join(dirname(path), match[1] ?? "")),
    );
  }
  const state = new Map<string, "open" | "done">();
  const walk = (path: string, trail: string[]): string[] | null => {
    if (state.get(path) === "done") return null;
    if (state.get(path) === "open") return [...trail.slice(trail.indexOf(path)), path];
    state.set(path, "open");
    for (const next of edges.get(path) ?? []) {
      const cycle = walk(next, [...trail, path]);
      if (cycle !== null) return cycle;
    }
    state.set(path, "done");
    return null;
  };
  for (const path of edges.keys()) {
    const cycle = walk(path, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
