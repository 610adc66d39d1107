// SPDX-License-Identifier: Apache-2.0
import { encodeText } from "@falcoc/compiler/program";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indentJson } from "./indent-json.ts";
import { at, textAt } from "./json-node.ts";
import { jsonText, marshalJson, plainValue } from "./marshal-json.ts";
import { JSON_DEPTH_MAX, parseJson } from "./parse-json.ts";

function parsed(text: string) {
  const result = parseJson(encodeText(text));
  if (!result.ok) throw new Error(result.message);
  return result.node;
}

describe("parseJson", () => {
  it("gives what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // What JSON.parse rounds is kept exactly: rounded here, it is the same number.
        const rounded = (_: string, value: unknown): unknown =>
          typeof value === "bigint" ? Number(value) : value;
        expect(JSON.stringify(plainValue(parsed(text)), rounded)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it("never throws, and refuses what JSON.parse refuses", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const result = parseJson(encodeText(text));
        const rest = result.ok ? encodeText(text).slice(result.node.end).trim() : "rest";
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(result.ok && rest === "").toBe(valid);
      }),
    );
  });

  it.each([
    ["", 0, true],
    ["  ", 2, true],
    ['{"a":', 5, true],
    ['{"a"', 4, true],
    ["[1,", 3, true],
    ['"abc', 4, true],
    ["tru", 3, true],
    ["trux", 0, false],
    ["[1 2]", 3, false],
    ['{"a" 1}', 5, false],
    ["{a:1}", 1, false],
    ['"a\nb"', 2, false],
    ['"\\x41"', 0, false],
    ["nan", 0, false],
  ])("refuses %j at %i", (text, offset, truncated) => {
    expect(parseJson(text)).toMatchObject({ ok: false, offset, truncated });
  });

  it("refuses values that are nested too deep", () => {
    const deep = (depth: number) => parseJson("[".repeat(depth) + "]".repeat(depth));
    expect(deep(JSON_DEPTH_MAX).ok).toBe(true);
    expect(deep(JSON_DEPTH_MAX + 1).ok).toBe(false);
    expect(deep(1_000_000).ok).toBe(false);
  });

  it("resolves escapes, pairs of surrogates and lone ones", () => {
    const text = textAt(parsed('["\\u00e9\\n\\ud83d\\ude00 \\ud800é"]'), "0");
    expect(text).toBe(encodeText("é\n😀 \ufffdé"));
  });

  it("keeps order, duplicates and digits", () => {
    const text = '{"b":1.50,"1":18446744073709551615,"b":2}';
    const node = parsed(text);
    expect(marshalJson(node)).toBe(text);
    expect(at(node, "b")).toMatchObject({ text: "1.50" });
    expect(plainValue(node)).toEqual({ b: 1.5, "1": 18446744073709551615n });
  });

  it("keeps __proto__ an ordinary key", () => {
    const value = plainValue(parsed('{"__proto__":{"polluted":true}}'));
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("at", () => {
  const node = parsed('{"list":[{"x":1},{"x":2}],"":{"y":3}}');
  it.each([
    [["list", "1", "x"], "2"],
    [["list", "01", "x"], "2"],
    [["", "y"], "3"],
    [["list", "2", "x"], null],
    [["list", "-1"], null],
    [["list", "x"], null],
    [["missing", "x"], null],
  ])("follows %j", (path, text) => {
    const found = at(node, ...path);
    expect(found === null ? null : marshalJson(found)).toBe(text);
  });
});

describe("marshalJson", () => {
  it.each([
    ['{ "a" : [ 1 , null , true ] }', '{"a":[1,null,true]}'],
    ['"é"', '"é"'],
    ['"\\u00e9"', '"é"'],
    ['"a\\"b\\\\é"', '"a\\"b\\\\é"'],
    ['"\\u0007\\u000b\\u0001\\n"', '"\\a\\v\\x01\\n"'],
    ['"\\n\\u200b\\u007f"', '"\\n\\u200b\\x7f"'],
    ['"\\u007f"', '"\u007f"'],
  ])("writes %s as %s", (text, expected) => {
    expect(marshalJson(parsed(text))).toBe(encodeText(expected));
  });
});

describe("jsonText", () => {
  it("writes what parses to the same value", () => {
    const value = {
      text: 'a"b\u2028é',
      big: 2n ** 64n,
      list: [1, -2.5, null],
      not: Number.NaN,
      deep: { "": true },
    };
    const back = parseJson(jsonText(value) ?? "");
    expect(back.ok && plainValue(back.node)).toEqual({ ...value, not: null });
  });

  it("gives up on values that hold themselves", () => {
    const loop: Record<string, never> = {};
    (loop as Record<string, unknown>).self = loop;
    expect(jsonText(loop)).toBeNull();
  });
});

describe("indentJson", () => {
  it.each([
    ['{"a":1}', '{\n  "a": 1\n}'],
    ["[]", "[]"],
    [
      '{"a":{},"b":[1,{"c":"x, {y}: \\" "}]}',
      '{\n  "a": {},\n  "b": [\n    1,\n    {\n      "c": "x, {y}: \\" "\n    }\n  ]\n}',
    ],
    ['{ "a" : [ ] }', '{\n  "a": []\n}'],
  ])("indents %s", (text, expected) => {
    expect(indentJson(text)).toBe(expected);
  });
});
