// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import { NulStrings, splitNul } from "./nul-strings.ts";

it.each([
  ["", []],
  ["\0", [""]],
  ["a", ["a"]],
  ["a\0", ["a"]],
  ["a\0\0b\0", ["a", "", "b"]],
])("splits %j", (list, items) => {
  expect(splitNul(list)).toEqual(items);
});

it("joins its strings with blanks", () => {
  const list = fc.array(fc.constantFrom("a", " ", "\0"), { maxLength: 8 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(list, (text) => {
      expect(new NulStrings(text).joined).toBe(splitNul(text).join(" "));
    }),
  );
});
