// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import { globMatches } from "../program/index.ts";
import { referenceGlob } from "./reference-glob.ts";

const patternPieces = ["a", "B", "b", "z", "\xe9", "*", "?", "[", "]", "!", "^", "-", "\\", ":", ".", "="];
const pattern = fc.array(
  fc.constantFrom(...patternPieces, "[[:alpha:]]", "[:digit:]", "[.b.]", "[=z=]", "[a-c]", "[!A-"),
  { maxLength: 12 },
);
const text = fc.string({ unit: fc.constantFrom(..."aAbBzZ7-]![\\:.=^\xe9/"), maxLength: 8 });

it("agrees with the fast matcher on every pattern", () => {
  fc.assert(
    fc.property(pattern, text, fc.boolean(), (pieces, value, foldCase) => {
      const source = pieces.join("");
      expect(referenceGlob(source, value, foldCase)).toBe(globMatches(value, source, foldCase));
    }),
    { numRuns: 20_000 },
  );
});

it.each([
  ["[^]", "a", false],
  ["[^]", "[^]", true],
  ["[!]a]", "]", false],
])("reads %j against %j", (pattern, value, expected) => {
  expect(referenceGlob(pattern, value, false)).toBe(expected);
  expect(globMatches(value, pattern, false)).toBe(expected);
});
