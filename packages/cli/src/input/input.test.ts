// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import { isEventsFileName, isRulesFileName } from "./event-file-name.ts";
import { decode, readBytes } from "./read-bytes.ts";
import { readRulesFiles } from "./rules-files.ts";
import { findSuites } from "./suites.ts";

const root = mkdtempSync(join(tmpdir(), "falcoc-input-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Writes files (path to content) into a directory of their own and gives its path. */
function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(root, "t-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

async function* stdin(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure) return error.problems;
    throw error;
  }
  return [];
}

describe("names of files", () => {
  it.each([
    ["rules.yaml", "rules"],
    ["a.yml", "rules"],
    ["events_rules.yaml", "rules"],
    ["test.yaml", "rules"],
    ["cases.yaml", "events"],
    ["web.cases.yml", "events"],
    ["events.yaml", "events"],
    ["ssh.test.yaml", "events"],
    ["events.jsonl", "events"],
    ["audit.json", "events"],
    ["trace.scap", "events"],
    ["README.md", "neither"],
    ["rules.yaml.bak", "neither"],
  ])("%s: %s", (name, kind) => {
    expect([isRulesFileName(`d/${name}`), isEventsFileName(`d/${name}`)]).toEqual([
      kind === "rules",
      kind === "events",
    ]);
  });
});

describe("reading", () => {
  it("keeps a byte order mark, so that offsets are those of the file", async () => {
    const path = join(tree({ a: "\ufeffx" }), "a");
    expect(decode(await readBytes(path, 100), path)).toEqual({ ok: true, content: "\ufeffx" });
  });

  it.each([
    ["a file that is too large", new Uint8Array(11), 10, "larger than"],
    ["bytes that are no UTF-8", new Uint8Array([0x66, 0xff]), 10, "not UTF-8 text"],
  ])("refuses %s", async (_title, content, bytesMax, problem) => {
    const path = join(tree({ a: content }), "a");
    expect(decode(await readBytes(path, bytesMax), path)).toEqual({
      ok: false,
      problem: expect.stringContaining(problem),
    });
  });

  it("stops reading an endless device", async () => {
    expect(await readBytes("/dev/zero", 1 << 20)).toEqual({
      ok: false,
      problem: "/dev/zero: larger than 1 MiB",
    });
  });
});

describe("RULES arguments", () => {
  it("are files, directories by name, and standard input, in the order given", async () => {
    const directory = tree({
      "b.yaml": "B",
      "a.yml": "A",
      "cases.yaml": "no rules",
      "note.txt": "no",
      "sub/c.yaml": "not recursive",
      "alone.rules": "named files have any name",
    });
    symlinkSync(join(directory, "a.yml"), join(directory, "z.yaml"));
    symlinkSync("nowhere", join(directory, "dangling.yaml"));
    const files = await readRulesFiles([join(directory, "alone.rules"), directory, "-"], stdin("S"));
    expect(files).toEqual([
      { path: join(directory, "alone.rules"), text: "named files have any name" },
      { path: join(directory, "a.yml"), text: "A" },
      { path: join(directory, "b.yaml"), text: "B" },
      { path: join(directory, "z.yaml"), text: "A" },
      { path: "<stdin>", text: "S" },
    ]);
  });

  it("names everything that cannot be read", async () => {
    const directory = tree({ "sub/x": "" });
    expect(
      await problemsOf(readRulesFiles([`${directory}/no.yaml`, `${directory}/no.yml`], stdin(""))),
    ).toEqual([
      `${directory}/no.yaml: no such file or directory`,
      `${directory}/no.yml: no such file or directory`,
    ]);
    expect(await problemsOf(readRulesFiles([directory, "https://x/y.yaml"], stdin("")))).toEqual([
      `${directory}: no rules files (*.yaml, *.yml) in this directory`,
      "https://x/y.yaml: rules are not fetched over the network; download the file first",
    ]);
    expect(await problemsOf(readRulesFiles(["-", "-"], stdin("")))).toEqual(["- can be given only once"]);
  });
});

describe("suites", () => {
  it("pairs rules with the events beside them", async () => {
    const directory = tree({ "b.yaml": "", "a.yaml": "", "events.jsonl": "", "x.test.yaml": "" });
    expect(await findSuites([directory], [])).toEqual([
      {
        name: directory,
        rules: [join(directory, "a.yaml"), join(directory, "b.yaml")],
        events: [join(directory, "events.jsonl"), join(directory, "x.test.yaml")],
      },
    ]);
  });

  it("takes the events that are named instead", async () => {
    const directory = tree({ "a.yaml": "", "events.jsonl": "" });
    const [suite] = await findSuites([directory], ["other.jsonl"]);
    expect(suite?.events).toEqual(["other.jsonl"]);
  });

  it("takes all events of a directory that is named", async () => {
    const [rules, events] = [tree({ "a.yaml": "" }), tree({ "b.json": "", "a.jsonl": "", "c.txt": "" })];
    const [suite] = await findSuites([rules], [events, "-"]);
    expect(suite?.events).toEqual([join(events, "a.jsonl"), join(events, "b.json"), "-"]);
  });

  it("finds a suite in each sub-directory that holds both, base rules first", async () => {
    const directory = tree({
      "one/r.yaml": "",
      "one/events.jsonl": "",
      "two/r.yaml": "",
      "two/cases.yaml": "",
      "rules-only/r.yaml": "",
      "README.md": "",
    });
    const base = join(tree({ "base.yaml": "", "ignored.jsonl": "" }), "base.yaml");
    const suites = await findSuites([base, directory], []);
    expect(suites.map(({ name, rules }) => ({ name, rules }))).toEqual(
      ["one", "two"].map((name) => ({
        name: join(directory, name),
        rules: [base, join(directory, name, "r.yaml")],
      })),
    );
  });

  it("says when there is nothing to run", async () => {
    const [rulesOnly, empty] = [tree({ "r.yaml": "" }), tree({ "sub/README.md": "" })];
    expect(await problemsOf(findSuites([rulesOnly], []))).toEqual([
      `${rulesOnly}: no events beside these rules; name some with --events`,
    ]);
    expect(await problemsOf(findSuites([empty], []))).toEqual([
      `${empty}: neither it nor its sub-directories hold rules and events`,
    ]);
  });
});
