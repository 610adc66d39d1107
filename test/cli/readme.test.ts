// SPDX-License-Identifier: Apache-2.0
// The tour in README.md is what really happens: its files are written, its commands run, their output compared.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFalcoc, type Falcoc, root } from "./falcoc.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind = "", text = ""]) => ({
  kind,
  text,
}));

let falcoc: Falcoc;
let folder: string;
beforeAll(async () => {
  falcoc = await buildFalcoc();
  folder = mkdtempSync(join(tmpdir(), "falcoc-readme-"));
});
afterAll(() => {
  falcoc.remove();
  rmSync(folder, { recursive: true });
});

describe("README.md", () => {
  it("shows what its commands print", async () => {
    let commands = 0;
    for (const { kind, text } of blocks) {
      const [, name, content] = /^# (\S+)\n([\s\S]*)$/.exec(text) ?? [];
      if (kind === "console") {
        await expectOutput(text);
        commands++;
      } else if (name !== undefined && content !== undefined) {
        // JSON lines have no comments; in YAML the name is the file's first line.
        writeFileSync(join(folder, name), name.endsWith(".jsonl") ? content : text);
      }
    }
    expect(commands).toBeGreaterThan(2);
  });

  it("names every command", async () => {
    const { stdout } = await falcoc.run(["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1] ?? "");
    expect(commands.filter((name) => !readme.includes(`\`falcoc ${name}`))).toEqual([]);
  });
});

async function expectOutput(block: string): Promise<void> {
  const [line = "", ...output] = block.split("\n");
  const words = line.replace(/^\$ falcoc /, "").split(" ");
  const { stdout, stderr } = await falcoc.run(words, { cwd: folder });
  expect(stdout + stderr).toBe(output.join("\n"));
}
