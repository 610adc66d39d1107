// SPDX-License-Identifier: Apache-2.0
import { LineIndex } from "@falcoc/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth } from "./display.ts";
import { excerpt } from "./excerpt.ts";

/** Shows the span between `[` and `]` of a marked text. */
function shown(marked: string, width = 60): string {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  const text = marked.replace("[", "").replace("]", "");
  return excerpt(text, new LineIndex(text), { path: "f", start, end }, width)
    .flatMap(({ number, text: line, marks }) => [
      `${number ?? "-"}|${line}`,
      ...(marks === "" ? [] : [` |${marks}`]),
    ])
    .join("\n");
}

describe("excerpt", () => {
  it.each([
    ["a word", "rule: [x]\nnext", "1|rule: x\n |      ^"],
    ["a later line", "one\n  two [three] four\n", "2|  two three four\n |      ^^^^^"],
    ["an empty span", "abc[]def", "1|abcdef\n |   ^"],
    ["the end of a line", "abc[]\ndef", "1|abc\n |   ^"],
    ["an empty text", "[]", "1|\n |^"],
    ["two lines", "a [b\nc] d", "1|a b\n |  ^\n2|c d\n |^"],
    ["CRLF", "a [b]\r\nc", "1|a b\n |  ^"],
    ["tabs", "\ta\t[b]", "1|    a   b\n |        ^"],
    ["a marked tab", "a[\t]b", "1|a   b\n | ^^^"],
    ["wide characters", "猫 [犬] x", "1|猫 犬 x\n |   ^^"],
    ["combining characters", "e\u0301 [x]", "1|e\u0301 x\n |  ^"],
    ["emoji", "🦊🦊 [🦊]", "1|🦊🦊 🦊\n |     ^^"],
    ["control characters", "a\u001b[b]", "1|a␛b\n |  ^"],
    ["many lines", "[1\n2\n3\n4\n5\n6\n7]", "1|1\n |^\n2|2\n |^\n3|3\n |^\n-|… 3 more lines\n7|7\n |^"],
  ])("%s", (_title, marked, expected) => {
    expect(shown(marked)).toBe(expected);
  });

  it("cuts a long line on both sides of the mark", () => {
    const text = `${"a".repeat(500)}[bad]${"c".repeat(1_000_000)}`;
    expect(shown(text, 30)).toBe(`1|…${"a".repeat(9)}bad${"c".repeat(16)}…\n |${" ".repeat(10)}^^^`);
  });

  it("never shows more columns than there are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.nat(300),
        fc.nat(300),
        fc.integer({ min: 20, max: 80 }),
        (text, a, b, width) => {
          const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
          for (const line of excerpt(text, new LineIndex(text), { path: "f", start, end }, width)) {
            expect(displayWidth(line.text)).toBeLessThanOrEqual(width);
            expect(line.text).not.toMatch(/[\u0000-\u001f\u007f]/);
          }
        },
      ),
    );
  });
});
