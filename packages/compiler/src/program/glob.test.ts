// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { globMatches } from "./glob.ts";

const matching: readonly [pattern: string, text: string][] = [
  ["", ""],
  ["*", ""],
  ["*", "/.a/b"],
  ["a*b*c", "axxbyybc"],
  ["*ab", "abab"],
  ["?", "\xff"],
  ["[a-c]x", "bx"],
  ["[!a-c]", "d"],
  ["[^a-c]", "d"],
  ["[]a]", "]"],
  ["[!]a]", "b"],
  ["[a-]", "-"],
  ["[[:digit:]x]", "7"],
  ["[[:digit:]x]", "x"],
  ["[[.a.]-c]", "b"],
  ["[[=a=]]", "a"],
  ["[\\]]", "]"],
  ["a\\*b", "a*b"],
  ["[abc", "[abc"],
  ["a[", "a["],
  ["{a,b}", "{a,b}"],
];

const failing: readonly [pattern: string, text: string][] = [
  ["", "a"],
  ["?", ""],
  ["?", "\xc3\xa9"],
  ["a*b", "ab/"],
  ["[a-c]", "d"],
  ["[c-a]", "b"],
  ["[!a-c]", "b"],
  ["[[:nosuch:]]", "n"],
  ["a\\", "a\\"],
  ["A", "a"],
  ["{a,b}", "a"],
];

it.each(matching)("%j matches %j", (pattern, text) => {
  expect(globMatches(text, pattern, false)).toBe(true);
});

it.each(failing)("%j does not match %j", (pattern, text) => {
  expect(globMatches(text, pattern, false)).toBe(false);
});

it.each([
  ["a[B-D]?", "ACx", true],
  ["[[:upper:]]", "a", true],
  ["[!A]", "a", false],
  ["\xe9", "\xc9", false],
])("%j against %j with case folded: %s", (pattern, text, verdict) => {
  expect(globMatches(text, pattern, true)).toBe(verdict);
});

it("takes no exponential time", () => {
  const pattern = `${"*a".repeat(60)}b`;
  expect(globMatches("a".repeat(20_000), pattern, false)).toBe(false);
});
