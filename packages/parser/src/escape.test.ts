// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { escapeValue, unescapeQuoted } from "./escape.ts";

describe("printed texts", () => {
  it.each([
    ["x", "x"],
    ["", ""],
    ["x,(y)", "x,(y)"],
    ["x\vy\xff", "x\vy\xff"],
    ["x y", '"x y"'],
    ["x=y", '"x=y"'],
    ["it's", '"it\'s"'],
    ['\b\f\n\r\t\\"', '"\\b\\f\\n\\r\\t\\\\\\""'],
    ["\0", '"\0"'],
  ])("%j prints as %j", (text, printed) => expect(escapeValue(text)).toBe(printed));
});

describe("quoted texts", () => {
  const decoded = (quoted: string): string => {
    const result = unescapeQuoted(quoted);
    return result.ok ? result.text : `! ${result.message}`;
  };

  it.each([
    ['"x"', "x"],
    ['""', ""],
    ['"\\b\\f\\n\\r\\t\\\\\\/"', "\b\f\n\r\t\\/"],
    ['"x\\ y"', "x\\y"],
    ["'it\\'s'", "it's"],
    ['"\\x413\\xFf"', "A3\xff"],
    ["'x\\\"'", "! invalid \\\" escape in '-quoted string"],
    ['"it\\\'s"', "! invalid \\' escape in \"-quoted string"],
    ['"\\x"', "! truncated hex char escape sequence"],
    ['"\\xf"', "! truncated hex char escape sequence"],
    ['"\\x g"', "! invalid hex char escape sequence:  g"],
    ['"\\d"', "! unsupported string escape sequence: \\d"],
    ['"\\"', "! unsupported string escape sequence: \\"],
  ])("%j stands for %j", (quoted, text) => expect(decoded(quoted)).toBe(text));
});
