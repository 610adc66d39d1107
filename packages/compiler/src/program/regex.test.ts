// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText, encodeText } from "@falcoc/parser";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { expect, it } from "vitest";
import { translatePosix } from "./posix-pattern.ts";
import type { MatchedTexts } from "./posix-texts.ts";
import { anyRegexTest, compileRegex, regexTest } from "./regex.ts";

it.each<[pattern: string, text: string, verdict: boolean]>([
  ["ell", "Hello", false],
  [".*ell.*", "Hello", true],
  ["", "", true],
  ["", "a", false],
  ["a|b|", "", true],
  ["(a|b)*c", "ababc", true],
  ["[[:alpha:]]+", "Hello", true],
  ["[^[:alpha:]-]", "-", false],
  ["[]a]+", "a]", true],
  ["[a-]", "-", true],
  ["a{2,3}", "aaaa", false],
  ["a{2,}", "aaaa", true],
  ["a{,2}", "a{,2}", true],
  ["a{01}", "a{01}", true],
  ["a**", "aaa", true],
  ["a+?", "", true],
  ["^a$", "a", true],
  ["a$\n^b", "a\nb", true],
  [".", "\n", false],
  ["[^a]", "\n", true],
  [".", "é", true],
  ["..", "é", false],
  ["a\\.b", "a.b", true],
  ["a\\.b", "axb", false],
  ["\\x41\\x{1F600}\\101\\t", "A😀A\t", true],
  ["\\07", "\x07", true],
])("%j matches the whole of %j: %s", (pattern, text, verdict) => {
  expect(regexTest(encodeText(pattern))(encodeText(text))).toBe(verdict);
});

it("reads each ill-formed part of a text as U+FFFD", () => {
  expect(regexTest(encodeText("a\ufffd."))("a\xff\xfe")).toBe(true);
});

it.each([
  ["*bash", "no argument for repetition operator: *"],
  ["a|*", "no argument for repetition operator: *"],
  ["(?i)hello", "no argument for repetition operator: ?"],
  ["(?:a)", "no argument for repetition operator: ?"],
  ["(", "missing ): ("],
  ["a(b", "missing ): a(b"],
  ["a)b", "unexpected ): a)b"],
  ["[a", "missing ]: [a"],
  ["[]", "missing ]: []"],
  ["[b-a]", "invalid character class range: b-a"],
  ["[a-b-c]", "invalid character class range: -c"],
  ["[[:nosuch:]]", "invalid character class range: [:nosuch:]"],
  ["\\d+", "invalid escape sequence: \\d"],
  ["\\w", "invalid escape sequence: \\w"],
  ["\\1", "invalid escape sequence: \\1"],
  ["\\pL", "invalid escape sequence: \\p"],
  ["\\", "trailing \\"],
  ["a{1001}", "invalid repetition size: {1001}"],
  ["a{3,2}", "invalid repetition size: {3,2}"],
  ["(a{100}){11}", "invalid repetition size: {11}"],
  ["a{1000}".repeat(6), "pattern too large - compile failed"],
])("%j is refused: %s", (pattern, message) => {
  expect(compileRegex(encodeText(pattern))).toEqual({ ok: false, message });
});

it("refuses text that is not UTF-8", () => {
  expect(compileRegex("\xff")).toEqual({ ok: false, message: "invalid UTF-8" });
});

it("gives a verdict or a message for every pattern", () => {
  const pattern = fc.string({ unit: fc.constantFrom(..."ab()[]{}|*+?^$.\\-:,01x9dpé"), maxLength: 40 });
  fc.assert(
    fc.property(pattern, fc.string({ unit: fc.constantFrom(..."ab-\né"), maxLength: 10 }), (source, text) => {
      const regex = compileRegex(encodeText(source));
      expect(regex.ok ? typeof regex.test(encodeText(text)) : typeof regex.message).toMatch(/boolean|string/);
      expect(regex.ok || !regex.message.startsWith("error parsing")).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it.each<[pattern: string, texts: MatchedTexts]>([
  ["", { only: "", needed: null }],
  ["/etc/passwd", { only: "/etc/passwd", needed: ["/etc/passwd"] }],
  ["^a\\.b$", { only: "a.b", needed: ["a.b"] }],
  ["é", { only: "\xc3\xa9", needed: ["\xc3\xa9"] }],
  [".*shadow[0-9]+.*", { only: null, needed: ["shadow"] }],
  [".*(/tmp/|/dev/(shm|mqueue)/).*", { only: null, needed: ["/tmp/", "/dev/"] }],
  ["x(ab|cd)y", { only: null, needed: ["ab", "cd"] }],
  ["(ab|c*)", { only: null, needed: null }],
  ["(ab|)", { only: null, needed: null }],
  ["(abc)+d", { only: null, needed: ["abc"] }],
  ["(abc)*d?", { only: null, needed: null }],
  ["a{2,3}", { only: null, needed: ["a"] }],
  ["[a-z]+", { only: null, needed: null }],
  ["\ufffd\\x{fffd}\\x{d800}a", { only: null, needed: ["a"] }],
])("knows of %j which texts there must be", (pattern, texts) => {
  expect(translatePosix(encodeText(pattern))).toMatchObject({ ok: true, texts });
});

const PIECES = ["\\n", "\ufffd", ..."ab b ( ) | * + ? {2} {0,1} ^ $ . [ab] é".split(" ")];
const somePattern = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 12 })
  .map((pieces) => encodeText(pieces.join("")))
  .filter((pattern) => translatePosix(pattern).ok);
const someText = fc.string({
  unit: fc.constantFrom("ab", "b", "\n", "\xc3\xa9", "\xc3", "\xef\xbf\xbd"),
  maxLength: 6,
});

it("tests only what can match, and that as a whole", () => {
  fc.assert(
    fc.property(
      fc.array(somePattern, { maxLength: 6 }),
      fc.array(someText, { maxLength: 8 }),
      (patterns, texts) => {
        const anyOfThem = anyRegexTest(patterns);
        for (const text of texts) {
          const verdicts = patterns.map((pattern) => plainTest(pattern, text));
          expect(patterns.map((pattern) => regexTest(pattern)(text))).toEqual(verdicts);
          expect(anyOfThem(text)).toBe(verdicts.includes(true));
        }
      },
    ),
    { numRuns: 3000 },
  );
});

/** Without any search before. */
function plainTest(pattern: ByteString, text: ByteString): boolean {
  const translated = translatePosix(pattern);
  return translated.ok && RE2JS.compile(translated.source).testExact(decodeText(text));
}
