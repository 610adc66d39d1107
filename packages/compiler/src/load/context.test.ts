// SPDX-License-Identifier: Apache-2.0
import { LineIndex, readRulesFile } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { expressionContext, fileContext, locationsOf, nodeContext, snippetOf } from "./context.ts";

const file = (text: string) => readRulesFile({ path: "rules.yaml", text });

function snippet(text: string, offset: number): string {
  const mark = { offset, line: 0, column: 0 };
  return snippetOf(nodeContext(fileContext(file(text)), "rule", { mark }));
}

describe("snippets", () => {
  const long = `${"a".repeat(100)}b${"c".repeat(100)}`;
  it.each([
    ["the line of the place", "- a\n- bc\n- d\n", 6, "- bc\n  ^\n"],
    ["a place on a line break", "- a\n- b\n", 3, "- a\n  ^\n"],
    ["a place behind the end", "- a\n- b", 99, "- b\n  ^\n"],
    ["an empty file", "", 0, "<No context available>\n"],
    ["a long line", long, 100, `...${"a".repeat(77)}b${"c".repeat(77)}...\n${" ".repeat(80)}^\n`],
    ["a text that begins with an empty line", "\n- abcdef\n", 0, "...bcd...\n"],
  ])("%s", (_, text, offset, expected) => {
    expect(snippet(text, offset)).toBe(expected);
  });
});

describe("places in conditions", () => {
  it("adds up the numbers and shows the start of the text", () => {
    const rule = nodeContext(
      fileContext(file("- rule: r\n")),
      "rule",
      { mark: { offset: 10, line: 1, column: 2 } },
      "r",
    );
    const text = "one two three\nfour five six";
    const place = expressionContext(rule, text, new LineIndex(text, 2), 15);
    expect(
      locationsOf(place).map(({ itemType, itemName, position }) => [itemType, itemName, position]),
    ).toEqual([
      ["rules content", "", { name: "rules.yaml", line: 0, column: 0, offset: 0 }],
      ["rule", "r", { name: "rules.yaml", line: 1, column: 2, offset: 10 }],
      ["condition expression", "", { name: '"one two three fou..."', line: 3, column: 4, offset: 25 }],
    ]);
    expect(snippetOf(place)).toBe("four five six\n           ^\n");
  });
});
