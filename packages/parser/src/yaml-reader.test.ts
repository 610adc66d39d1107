// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { YamlNode } from "./yaml-node.ts";
import { readYaml } from "./yaml-reader.ts";

/** A document as JSON; null documents and errors in words. */
function show(text: string): string {
  const { documents, error } = readYaml(text);
  if (error !== null) return `${error.mark.line}:${error.mark.column}: ${error.message}`;
  return documents.map((document) => JSON.stringify(plain(document))).join(" --- ");
}

function plain(node: YamlNode): unknown {
  switch (node.kind) {
    case "null":
      return null;
    case "scalar":
      return node.text;
    case "sequence":
      return node.items.map(plain);
    case "mapping":
      return Object.fromEntries(node.entries.map(({ key, value }) => [String(plain(key)), plain(value)]));
    default:
      return node satisfies never;
  }
}

describe("values", () => {
  it.each([
    ["", ""],
    ["# only a comment\n", ""],
    ["- a\n-\n- ~\n- 'null'\n", '["a",null,null,"null"]'],
    ["a: b\nc:\n  - d\n  - e: f\n", '{"a":"b","c":["d",{"e":"f"}]}'],
    ["a:\n- b\n- c\n", '{"a":["b","c"]}'],
    ["[a, {b: c, d}, e: f]", '["a",{"b":"c","d":null},{"e":"f"}]'],
    ["{\"a\":1, 'b':2}", '{"a":"1","b":"2"}'],
    ["- a # comment\n- b#c\n", '["a","b#c"]'],
    ["- one\n  two\n\n  three\n", '["one two\\nthree"]'],
    ["- 'it''s'\n- \"a\\tb\\x41\\u00e9\"\n", '["it\'s","a\\tbAÃ©"]'],
    ['- "a  \n   b\\\n   c"\n', '["a bc"]'],
    ["- |\n  a\n   b\n\n  c\n- d\n", '["a\\n b\\n\\nc\\n","d"]'],
    ["- >\n  a\n  b\n\n  c\n   d\n  e\n", '["a b\\nc\\n d\\ne\\n"]'],
    ["- >-\n  a\n- |+\n  b\n\n- c\n", '["a","b\\n\\n","c"]'],
    ["- |1\n  a\n", '[" a\\n"]'],
    ["a: &x [1, 2]\nb: *x\n", '{"a":["1","2"],"b":["1","2"]}'],
    ["a: !!str null\nb: !x\n", '{"a":"null","b":""}'],
    ["? a\n: b\n", '{"a":"b"}'],
    ["- a\n---\n- b\n...\n- c\n", '["a"] --- ["b"] --- ["c"]'],
    ["%YAML 1.2\n---\n- a\n", '["a"]'],
    ["- a:\r\n    b\r\n- c\r\n", '[{"a":"b"},"c"]'],
    ["- a\r- b\r", '["a","b"]'],
    ['- "not closed\n', '["not closed "]'],
    ["a: b\nc", '{"a":"b","c":null}'],
  ])("%j is %s", (text, expected) => {
    expect(show(text)).toBe(expected);
  });
});

describe("errors", () => {
  it.each([
    ["- list:l1\n  items: []\n", "1:7: illegal map value"],
    ["- rule: a\n desc: b\n", "1:1: end of sequence not found"],
    ["- rule: a\n\tdesc: b\n", "1:0: illegal tab when looking for indentation"],
    ["- rule: flow\n  {desc: d}\n", "1:2: end of map not found"],
    ["- a: %b\n", "0:5: unknown token"],
    ["- a: *b\n", "0:5: the referenced anchor is not defined: b"],
    ["- &a [*a]\n", "0:6: the referenced anchor contains this alias: a"],
    ["- [a, b\n", "1:0: end of sequence flow not found"],
    ["- {a: b\n", "1:0: end of map flow not found"],
    ["- [a}\n", "0:4: illegal flow end"],
    ["]\n", "0:0: illegal flow end"],
    ['- "a', "0:4: illegal EOF in scalar"],
    ['- "a\n---\n', "1:0: illegal document indicator in scalar"],
    ['- "\\q"\n', "0:5: unknown escape character: q"],
    ['- "\\xzz"\n', "0:7: bad character found while scanning hex number"],
    ["- |0\n  a\n", "0:4: cannot set zero indentation for a block scalar"],
    ["- | a\n", "0:4: unexpected character in block scalar"],
    ["a: - b\n", "0:3: illegal block entry"],
    ["%YAML 2.0\n---\n", "0:0: YAML major version too large"],
    ["- &a &b c\n", "0:5: cannot assign multiple anchors to the same node"],
  ])("%j: %s", (text, expected) => {
    expect(show(text)).toBe(expected);
  });
});

describe("bounds", () => {
  it.each([
    ["brackets", "[".repeat(100_000)],
    ["dashes", "- ".repeat(100_000)],
    ["nested mappings", Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
    ["very many values", `[${"a,".repeat(1_200_000)}]`],
  ])("%s give an error", (_, text) => {
    expect(readYaml(text).error?.message).toMatch(/^bad file: /);
  });

  it("what aliases stand for counts each time", () => {
    const level = (i: number): string => `- &a${i + 1} [${`*a${i},`.repeat(9)}]\n`;
    const text = (levels: number): string =>
      `- &a0 [x]\n${Array.from({ length: levels }, (_, i) => level(i)).join("")}`;
    expect(readYaml(text(5)).error).toBeNull();
    expect(readYaml(text(40)).error?.message).toBe("bad file: too many values");
    expect(readYaml(`- &a ${"x".repeat(1_000_000)}\n- [${"*a,".repeat(100)}]\n`).error).not.toBeNull();
  });
});

describe("what the engine skips", () => {
  it("ends at an empty document", () => {
    const content = readYaml("- a\n---\n---\n- b\n");
    expect(content.documents).toHaveLength(1);
    expect(content.ignoredFrom).toEqual({ offset: 8, line: 2, column: 0 });
  });

  it("keeps the places of comments and of quotes that nobody closed", () => {
    const content = readYaml('# a\n- b # c\n- "d\n');
    expect(content.comments).toEqual([0, 3, 8, 11]);
    expect(content.unclosed).toEqual([{ offset: 14, line: 2, column: 2 }]);
  });
});
