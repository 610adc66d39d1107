// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import { referenceGlob } from "../interpret/reference-glob.ts";
import { anyGlobTest } from "./any-glob.ts";

const PIECES = ["a", "B", "b", "\xe9", "*", "?", "\\", "[ab]", "[!b]", "[[:alpha:]]", "[[:no:]]", "[", "\\*"];
const pattern = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(""));
const text = fc.string({ unit: fc.constantFrom(..."aAbB[*\\\xe9/"), maxLength: 12 });

it("matches a text exactly where one of the patterns does", () => {
  const texts = fc.array(text, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 8 }), texts, fc.boolean(), (patterns, values, foldCase) => {
      const test = anyGlobTest(patterns, foldCase);
      for (const value of values) {
        expect(test(value)).toBe(patterns.some((one) => referenceGlob(one, value, foldCase)));
      }
    }),
    { numRuns: 5000 },
  );
});

it("is right about patterns with more states than there is room for", () => {
  const pattern = `*a${"?".repeat(16)}`;
  const test = anyGlobTest([pattern, "*b"], false);
  let bits = 1;
  for (let i = 0; i < 6000; i++) {
    let value = "";
    for (let at = 0; at < 40; at++) {
      bits = Math.imul(bits, 1_103_515_245) + 12_345;
      value += bits & 0x10000 ? "a" : "c";
    }
    expect(test(value)).toBe(value.at(-17) === "a");
  }
});

it("is right about more patterns than it has places for", () => {
  const patterns = Array.from({ length: 9000 }, (_, i) => `*${i}/file*`);
  const test = anyGlobTest(patterns, false);
  expect(test("/srv/8999/file.conf")).toBe(true);
  expect(test("/srv/9000x/file.conf")).toBe(false);
});
