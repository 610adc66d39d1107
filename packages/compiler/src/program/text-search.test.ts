// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import { prefixTest, searchTest, suffixTest } from "./text-search.ts";

it("finds any of some texts exactly where one of them is", () => {
  const text = (maxLength: number) =>
    fc.array(fc.constantFrom("a", "b", "c", "\xff"), { maxLength }).map((bytes) => bytes.join(""));
  fc.assert(
    fc.property(
      fc.array(
        text(4).filter((one) => one !== ""),
        { maxLength: 9 },
      ),
      text(12),
      (texts, inText) => {
        expect(searchTest(texts)(inText)).toBe(texts.some((one) => inText.includes(one)));
        expect(prefixTest(texts)(inText)).toBe(texts.some((one) => inText.startsWith(one)));
        expect(suffixTest(texts)(inText)).toBe(texts.some((one) => inText.endsWith(one)));
      },
    ),
    { numRuns: 3000 },
  );
});

it("finds texts of all bytes, and more of them than a table holds", () => {
  const all = Array.from({ length: 256 }, (_, byte) => `${String.fromCharCode(byte)}x`);
  expect(searchTest(all)("abcx")).toBe(true);
  expect(searchTest(all)("x")).toBe(false);
  const many = Array.from({ length: 20_000 }, (_, i) => `a longer text with number ${i}.`);
  expect(searchTest(many)("here is a longer text with number 19999.")).toBe(true);
  expect(searchTest(many)("here is a longer text with number 20000.")).toBe(false);
});
