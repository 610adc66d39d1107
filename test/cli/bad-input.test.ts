// SPDX-License-Identifier: Apache-2.0
// Input that somebody might feed: each is answered with a sentence and an exit status, in bounded time.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFalcoc, type Falcoc } from "./falcoc.ts";

/** Generous: a laptop under load takes a fifth of it. */
const TIME_MAX_MS = 30_000;

let falcoc: Falcoc;
let folder: string;
beforeAll(async () => {
  falcoc = await buildFalcoc();
  folder = mkdtempSync(join(tmpdir(), "falcoc-bad-"));
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "rules.yaml"), rule("evt.type = open and proc.name = cat"));
});
afterAll(() => {
  falcoc.remove();
  rmSync(folder, { recursive: true });
});

function rule(condition: string): string {
  return `- rule: A\n  desc: d\n  condition: ${condition}\n  output: o\n  priority: INFO\n`;
}

/** Levels of anchors, each ten times the one before: 10^9 items in a few hundred bytes. */
const ALIAS_BOMB = `- &a0 [x]\n${Array.from(
  { length: 9 },
  (_, i) => `- &a${i + 1} [${`*a${i}, `.repeat(10)}]`,
).join("\n")}\n- list: l\n  items: *a9\n`;

async function expectBounded(
  args: readonly string[],
  input: string | Uint8Array,
  status: number,
): Promise<string> {
  const outcome = await falcoc.run(args, { input, cwd: folder, timeoutMs: TIME_MAX_MS });
  expect(outcome.status).toBe(status);
  expect(outcome.stderr + outcome.stdout).not.toMatch(/internal error|\n {4}at /);
  expect(`${outcome.stdout}${outcome.stderr}`.trim()).not.toBe("");
  return outcome.stdout + outcome.stderr;
}

describe("bad rules", () => {
  it.each<[string, () => string | Uint8Array, number, string]>([
    ["no YAML", () => "rule: [", 1, "LOAD_ERR_YAML_PARSE"],
    ["no sequence", () => "rule: x\n", 1, "LOAD_ERR_YAML_VALIDATE"],
    ["binary garbage", () => Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256), 2, "not UTF-8"],
    ["binary zeros", () => new Uint8Array(4096), 1, "LOAD_ERR_YAML"],
    ["an alias bomb", () => ALIAS_BOMB, 1, "LOAD_ERR_YAML"],
    ["50 MB", () => rule("evt.type = open").repeat(600_000), 2, "larger than"],
    ["a condition of 1 MB", () => rule(`evt.type = open${" or proc.name = cat".repeat(55_000)}`), 0, "file"],
    [
      "a condition of 1 MB in which no two parts are equal",
      () =>
        rule(
          `evt.type = openat and (${Array.from({ length: 49_000 }, (_, i) => `proc.name=n${i}`).join(" or ")})`,
        ),
      0,
      "file",
    ],
    [
      "parentheses 10,000 deep",
      () => rule(`${"(".repeat(10_000)}evt.num = 1${")".repeat(10_000)}`),
      1,
      "LOAD_ERR",
    ],
    [
      "`not` 10,000 deep",
      () => rule(`${"not(".repeat(10_000)}evt.num = 1${")".repeat(10_000)}`),
      1,
      "LOAD_ERR",
    ],
    ["sequences 10,000 deep", () => "[".repeat(10_000), 1, "LOAD_ERR_YAML"],
    ["unknown keys", () => `${rule("evt.type = open")}  colour: red\n`, 0, "LOAD_UNKNOWN_KEY"],
    ["a line of 1 MB", () => `# ${"x".repeat(1_000_000)}\n- rule: [`, 1, "LOAD_ERR_YAML"],
    ["escape sequences", () => rule("evt.type = \u001b[2J"), 1, "LOAD_ERR"],
  ])("%s", async (_title, make, status, message) => {
    const text = await expectBounded(["lint", "-"], make(), status);
    expect(text).toContain(message);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(text.length).toBeLessThan(500_000);
  });

  it.each([
    ["a missing file", "missing.yaml", "no such file"],
    ["a directory without rules", "empty", "no rules files"],
    ["an address", "https://example.org/rules.yaml", "not fetched"],
  ])("%s", async (_title, argument, message) => {
    expect(await expectBounded(["lint", argument], "", 2)).toContain(message);
  });
});

describe("bad events", () => {
  it.each([
    ["an unknown key", '{"evt.type":"open","proc.nam":"cat"}\n', "proc.name"],
    ["no object", "42\n", "<stdin>:1"],
    ["no JSON", "evt.type=open\n", "<stdin>:1"],
    ["a truncated last line", '{"evt.type":"open"}\n{"evt.type":"op', "<stdin>:2"],
    ["a value of the wrong type", '{"evt.type":["open"]}\n', "evt.type"],
    ["an unknown event type", '{"evt.type":"opne"}\n', "opne"],
    ["nesting without end", `{"evt.type":${"[".repeat(100_000)}`, "<stdin>:1"],
  ])("%s", async (_title, input, message) => {
    expect(await expectBounded(["test", "rules.yaml", "--events", "-"], input, 2)).toContain(message);
  });

  it("a missing file", async () => {
    expect(await expectBounded(["test", "rules.yaml", "--events", "no.jsonl"], "", 2)).toContain(
      "no such file",
    );
  });
});
