// SPDX-License-Identifier: Apache-2.0
// What the commands print and write that look at rules only.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFalcoc, type Falcoc } from "./falcoc.ts";

let falcoc: Falcoc;
let folder: string;
beforeAll(async () => {
  falcoc = await buildFalcoc();
  folder = mkdtempSync(join(tmpdir(), "falcoc-compile-"));
});
afterAll(() => {
  falcoc.remove();
  rmSync(folder, { recursive: true });
});

const RULES = `
- list: writers
  items: [dpkg, rpm]
- macro: opened
  condition: evt.type in (open, openat)
- rule: Written
  desc: d
  condition: opened and fd.name startswith /etc and not proc.name in (writers)
  output: written %fd.name
  priority: WARNING
  tags: [b, a]
- rule: Anything
  desc: d
  condition: proc.name = x
  output: x
  priority: INFO
  enabled: false
- rule: Pod
  desc: d
  condition: ka.verb = create
  output: pod %ka.user.name
  priority: INFO
  source: k8s_audit
`;
const BROKEN = "- rule: A\n  desc: d\n  condition: evt.typ = open\n  output: o\n  priority: INFO\n";

describe("falcoc events", () => {
  it("tells the event types of each rule", async () => {
    const { status, stdout, stderr } = await falcoc.run(["events", "-", "--json"], { input: RULES });
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual([
      { rule: "Written", source: "syscall", enabled: true, events: ["asyncevent", "open", "openat"] },
      { rule: "Anything", source: "syscall", enabled: false, events: "all" },
      { rule: "Pod", source: "k8s_audit", enabled: true, events: ["pluginevent"] },
    ]);
  });

  it("prints a table", async () => {
    const { stdout } = await falcoc.run(["events", "-"], { input: RULES });
    expect(stdout.split("\n")[1]).toBe("Anything  syscall    all");
  });
});

describe("falcoc describe", () => {
  it("prints JSON with the keys of the engine, sorted", async () => {
    const { stdout } = await falcoc.run(["describe", "-", "--json"], { input: RULES });
    const description = JSON.parse(stdout);
    expect(stdout).toBe(`${JSON.stringify(description)}\n`);
    expect(Object.keys(description)).toEqual(Object.keys(description).sort());
    expect(description.rules[0].info).toMatchObject({ name: "Written", tags: ["a", "b"] });
    expect(description.rules[0].details).toMatchObject({
      macros: ["opened"],
      lists: ["writers"],
      condition_compiled:
        "(evt.type in (open, openat) and fd.name startswith /etc and not proc.name in (dpkg, rpm))",
    });
  });

  it("shows people the compiled conditions", async () => {
    const { stdout } = await falcoc.run(["describe", "-"], { input: RULES });
    expect(stdout).toContain("rule Written\n  description: d\n  source: syscall\n");
    expect(stdout).toContain("list writers\n  items: dpkg, rpm\n");
  });
});

describe("falcoc fields", () => {
  it("prints fields of one source", async () => {
    const { stdout } = await falcoc.run(["fields", "--source", "k8s_audit", "--json"]);
    const names = JSON.parse(stdout).map((field: { name: string }) => field.name);
    expect(names).toContain("ka.verb");
    expect(names).toContain("evt.time");
    expect(names).not.toContain("proc.name");
  });

  it("leaves out the fields of plugins that are not loaded", async () => {
    const { stdout } = await falcoc.run(["fields", "--plugin", "none"]);
    expect(stdout).toMatch(/^proc\.name +CHARBUF +\S/m);
    expect(stdout).not.toMatch(/^(ka|ct|container)\./m);
  });

  it("names the sources that there are", async () => {
    const { status, stderr } = await falcoc.run(["fields", "--source", "k8s"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("k8s_audit")]);
  });
});

describe("falcoc compile", () => {
  it("writes a module, its types and a manifest", async () => {
    const out = join(folder, "new", "out");
    const { status, stdout, stderr } = await falcoc.run(["compile", "-", "-o", out], { input: RULES });
    expect([status, stdout, stderr]).toEqual([0, "", `3 rules compiled into ${out}\n`]);
    expect(readdirSync(out).sort()).toEqual(["index.d.ts", "index.js", "manifest.json"]);
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      sources: ["k8s_audit", "syscall"],
      events: ["asyncevent", "open", "openat", "pluginevent"],
      syscalls: ["open", "openat"],
      rules: [{ name: "Written", tags: ["a", "b"], line: 6 }, { name: "Anything" }, { name: "Pod" }],
    });
    expect(manifest.fields).toContainEqual({
      text: "ka.verb",
      type: "CHARBUF",
      isList: false,
      provider: "k8saudit",
    });
  });

  it("tells what is evaluated when, and writes nothing then", async () => {
    const { status, stdout, stderr } = await falcoc.run(["compile", "-", "--explain-plan"], { input: RULES });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      [
        "syscall: open, openat",
        '  not proc.name in ("dpkg", "rpm")  [once a process]',
        '  fd.name startswith "/etc"  [each time]',
        "    -> Written",
        '  proc.name = "x"  [once a process]',
        "    -> Anything",
      ].join("\n"),
    );
    expect(stdout).toContain(
      '\nk8s_audit: events of types that are not known beforehand\n  ka.verb = "create"',
    );
  });

  it("asks what it is to do", async () => {
    const { status, stdout, stderr } = await falcoc.run(["compile", "-"], { input: RULES });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("--out");
  });

  it("writes over what it wrote, and over nothing else", async () => {
    const out = join(folder, "again");
    const compile = () => falcoc.run(["compile", "-", "-o", out], { input: RULES });
    expect([(await compile()).status, (await compile()).status]).toEqual([0, 0]);
    writeFileSync(join(out, "index.js"), "mine\n");
    const { status, stderr } = await compile();
    expect([status, stderr]).toEqual([2, expect.stringContaining("not written by falcoc")]);
    expect(readFileSync(join(out, "index.js"), "utf8")).toBe("mine\n");
  });

  it("says where it cannot write", async () => {
    const file = join(folder, "file");
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, "");
    const { status, stderr } = await falcoc.run(["compile", "-", "-o", join(file, "out")], { input: RULES });
    expect([status, stderr]).toEqual([2, expect.stringContaining(join(file, "out"))]);
  });
});

describe("rules that do not load", () => {
  it.each([["compile", "-o", "never"], ["describe"], ["events"]])(
    "%s prints why, and nothing else",
    async (...args) => {
      const { status, stdout, stderr } = await falcoc.run([...args, "-"], { input: BROKEN, cwd: folder });
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("<stdin>:3:14: error: ");
      expect(stderr).toContain("these rules do not load: 1 error\n");
      expect(readdirSync(folder)).not.toContain("never");
    },
  );
});
