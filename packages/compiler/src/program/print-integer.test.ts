// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { printInteger } from "./print-integer.ts";

it.each([
  [0o17, "OCT", "17"],
  [-1, "HEX", "FFFFFFFFFFFFFFFF"],
  [-1, "10_PADDED_DEC", "-00000001"],
  [5, "10_PADDED_DEC", "000000005"],
  [-(2n ** 63n), "10_PADDED_DEC", "-9223372036854775808"],
  [-5, "DEC", "-5"],
] as const)("prints %s as %s: %s", (value, format, text) => {
  expect(printInteger(value, format)).toBe(text);
});
