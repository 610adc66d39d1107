// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFalcoc, type Falcoc, root } from "./falcoc.ts";

let falcoc: Falcoc;
let folder: string;
beforeAll(async () => {
  falcoc = await buildFalcoc();
  folder = mkdtempSync(join(tmpdir(), "falcoc-test-"));
});
afterAll(() => {
  falcoc.remove();
  rmSync(folder, { recursive: true });
});

const RULES = `
- rule: Shell
  desc: d
  condition: evt.type = execve and proc.name in (bash, sh)
  output: shell %proc.name
  priority: INFO
- rule: Root
  desc: d
  condition: evt.type = execve and user.name = root
  output: root
  priority: INFO
`;

/** Writes a directory with these rules and the given other files. */
function suite(name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(folder, name);
  mkdirSync(directory, { recursive: true });
  for (const [path, text] of Object.entries({ "rules.yaml": RULES, ...files })) {
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

const PASSING = "- {event: {evt.type: execve, proc.name: sh}, expect: [Shell], output: {Shell: shell *}}\n";
const FAILING =
  "- {name: silent, event: {evt.type: execve, proc.name: sh, user.name: root}, expect: [Root]}\n";
const SCENARIO = `
tests:
  - name: a shell
    rule: Shell
    context:
      processes:
        - {name: bash, exePath: /bin/bash}
    steps:
      - {name: open, syscall: open, args: {pathname: /tmp/x, flags: O_RDONLY}}
    expectedOutcome: {source: syscall, priority: informational}
`;

describe("falcoc test", () => {
  it.each([
    ["cases that pass", { "cases.yaml": PASSING }, 0],
    ["cases that fail", { "cases.yaml": PASSING + FAILING }, 1],
    ["events without expectations", { "events.jsonl": '{"evt.type":"execve","proc.name":"sh"}\n' }, 0],
    ["a scenario", { "events.yaml": SCENARIO }, 0],
    [
      "a scenario whose rule does not match",
      { "events.yaml": SCENARIO.replace("rule: Shell", "rule: Root2") },
      1,
    ],
    ["events that cannot be read", { "events.jsonl": "{", "cases.yaml": FAILING }, 2],
    ["rules that do not load", { "broken.yaml": "- rule: x\n", "cases.yaml": PASSING }, 1],
    ["YAML that is none", { "cases.yaml": "- {event: [" }, 2],
  ])("%s", async (title, files, status) => {
    expect((await falcoc.run(["test", suite(title, files)])).status).toBe(status);
  });

  it("says what failed, where and why", async () => {
    const directory = suite("messages", { "cases.yaml": PASSING + FAILING });
    const { stdout, stderr } = await falcoc.run(["test", "."], { cwd: directory });
    expect(stderr).toBe("");
    expect(stdout).toBe(
      [
        ".",
        "  \u2713 line 1",
        "  \u2717 silent (cases.yaml:2)",
        '      rule "Shell" matched event 1, but is not expected',
        '      event 1 matched "Shell": shell sh',
        '      event 1 matched "Root": root',
        "",
        "1 suite: 1 passed, 1 failed",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["all", "Shell, Root"],
    ["first", "Shell"],
  ])("rule matching %s", async (which, matched) => {
    const input = '{"evt.type":"execve","proc.name":"sh","user.name":"root"}';
    const directory = suite(which, {});
    const args = ["test", directory, "--events", "-", "--rule-matching", which];
    expect((await falcoc.run(args, { input })).stdout).toContain(`<stdin>:1  ${matched}\n`);
  });

  it("takes records of plugins as they are, by shape or by source", async () => {
    const rules = join(root, "examples", "cloudtrail", "rules.yaml");
    const input = JSON.stringify({
      eventVersion: "1.08",
      eventTime: "2026-01-01T00:00:00Z",
      eventType: "AwsApiCall",
      eventSource: "cloudtrail.amazonaws.com",
      eventName: "StopLogging",
      eventID: "1",
    });
    for (const flags of [[], ["--source", "aws_cloudtrail"]]) {
      const { stdout } = await falcoc.run(["test", rules, "--events", "-", ...flags], { input });
      expect(stdout).toContain("<stdin>:1  Trail stopped\n");
    }
  });

  it("reports as JSON, TAP and JUnit", async () => {
    const directory = suite("formats", { "cases.yaml": PASSING + FAILING });
    const print = async (format: string) =>
      (await falcoc.run(["test", directory, "--format", format])).stdout;
    expect(JSON.parse(await print("json")).counts).toMatchObject({ passed: 1, failed: 1 });
    expect(await print("tap")).toMatch(
      /^TAP version 14\n1\.\.2\nok 1 - .*\nnot ok 2 - .*: silent\n {2}---\n/,
    );
    expectWellFormed(await print("junit"));
  });

  it("runs again when a file changes", { timeout: 30_000 }, async () => {
    const directory = suite("watch", { "cases.yaml": PASSING });
    const child = spawn(process.execPath, [falcoc.bin, "test", directory, "--watch"], { stdio: "pipe" });
    try {
      let text = "";
      child.stdout.on("data", (chunk) => {
        text += chunk;
      });
      await eventually(() => text.includes("1 passed\n"));
      // The watcher starts a moment after the report; a change is repeated until it is seen.
      const rewrite = setInterval(() => writeFileSync(join(directory, "cases.yaml"), FAILING), 300);
      await eventually(() => text.includes("1 failed\n")).finally(() => clearInterval(rewrite));
    } finally {
      child.kill();
    }
  });
});

describe("examples", () => {
  const names = readdirSync(join(root, "examples"));

  it.each(names)("%s", async (name) => {
    const { status, stdout } = await falcoc.run(["test", join("examples", name), "--format", "json"]);
    expect(status).toBe(0);
    const { counts, suites } = JSON.parse(stdout);
    expect(counts.passed + counts.matched).toBeGreaterThan(0);
    expect(suites[0].errors).toEqual([]);
  });

  it.each(names)("%s has nothing to be mended", async (name) => {
    const { status, stdout } = await falcoc.run(["lint", join("examples", name), "--max-warnings", "0"]);
    expect([status, stdout]).toEqual([0, expect.stringContaining("no findings")]);
  });
});

/** Every element is closed in the order in which it was opened, and nothing is left unescaped. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml [^>]*\?>\n/, "");
  const rest = body.replace(
    /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
    (_all, close, name, _attributes, self) => {
      if (close === "/") expect(open.pop()).toBe(name);
      else if (self !== "/") open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!#\d+;)/);
}

async function eventually(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
