// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RulesFile, readRulesFile } from "./rules-file.ts";
import { lookup, type YamlNode, type YamlScalar } from "./yaml-node.ts";

const read = (text: string): RulesFile => readRulesFile({ path: "rules.yaml", text });

function condition(file: RulesFile): YamlScalar {
  const node = file.documents[0]?.items[0]?.node;
  const value = node?.kind === "mapping" ? lookup(node, "condition") : null;
  if (value?.kind !== "scalar") throw new Error("the test's text has no condition");
  return value;
}

/** For every byte of the condition, the character of the file at its place. */
function places(file: RulesFile): string {
  const { text, pieces } = condition(file);
  let at = 0;
  return [...text]
    .map((_, i) => {
      while ((pieces[at + 2] ?? Number.POSITIVE_INFINITY) <= i) at += 2;
      const byte = (pieces[at + 1] ?? 0) + i - (pieces[at] ?? 0);
      return file.source.text[file.span(byte, byte).start];
    })
    .join("");
}

describe("places of bytes", () => {
  it.each([
    ["plain", "- macro: m\n  condition: a.b = c\n", "a.b = c", "a.b = c"],
    ["plain over lines", "- macro: m\n  condition: a\n    and b\n", "a and b", "a\nand b"],
    [
      "folded",
      "- macro: m\n  condition: >\n    a\n    and b\n\n    or c\n",
      "a and b\nor c\n",
      "a\nand b\nor c\n",
    ],
    ["literal", "- macro: m\n  condition: |\n    a\n      b\n", "a\n  b\n", "a\n  b\n"],
    ["double quotes", '- macro: m\n  condition: "a \\x41\\n b"\n', "a A\n b", "a \\\\ b"],
    ["single quotes", "- macro: m\n  condition: 'a ''b'' c'\n", "a 'b' c", "a 'b' c"],
    ["other letters before", "- macro: €ß𐍈\n  condition: a > b\n", "a > b", "a > b"],
    ["byte order mark", "\ufeff- macro: m\n  condition: a b\n", "a b", "a b"],
  ])("%s", (_, text, value, expected) => {
    const file = read(text);
    expect(condition(file).text).toBe(value);
    expect(places(file)).toBe(expected);
  });

  it("a character of several bytes is one place", () => {
    const file = read("- macro: m\n  condition: é = ü\n");
    expect(condition(file).text).toBe("Ã© = Ã¼");
    expect(places(file)).toBe("éé = üü");
  });
});

describe("items", () => {
  it("has a kind for each element", () => {
    const file = read("- rule: a\n  list: b\n-\n- macro: m\n- c\n- d: e\n- required_engine_version: 1\n");
    expect(file.documents[0]?.items.map(({ kind }) => kind)).toEqual([
      "list",
      "macro",
      "misplaced",
      "unknown",
      "required_engine_version",
    ]);
  });

  it("refuses a file that is too long", () => {
    const file = read(" ".repeat(32 * 1024 * 1024 + 1));
    expect(file.problem?.message).toMatch(/^bad file: longer than/);
  });
});

function nodesOf(node: YamlNode): YamlNode[] {
  switch (node.kind) {
    case "sequence":
      return [node, ...node.items.flatMap(nodesOf)];
    case "mapping":
      return [node, ...node.entries.flatMap(({ key, value }) => [...nodesOf(key), ...nodesOf(value)])];
    default:
      return [node];
  }
}

const fragment = fc.constantFrom(
  ..."- |: |\n|  |\t|'|\"|[|]|{|}|,|#|>|%|é|𐍈|\ud800|\r|a|rule|~|\\|\\x4".split("|"),
  "|",
  "\n    - ",
  "&a ",
  "*a",
  "---\n",
);

describe("any text", () => {
  it("is read without a throw, with every place inside the file", () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 60 }), (fragments) => {
        const text = fragments.join("");
        const file = read(text);
        for (const { root } of file.documents)
          for (const node of nodesOf(root)) {
            const span = file.span(node.start, node.end);
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.start).toBeLessThanOrEqual(span.end);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
      }),
      { numRuns: 2000 },
    );
  });
});
