// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { scanInteger } from "./scan-integer.ts";

it.each<[string, 8 | 16 | 32 | 64, "signed" | "unsigned", bigint | null]>([
  ["5", 64, "signed", 5n],
  ["+7", 64, "signed", 7n],
  [" \t-5", 64, "signed", -5n],
  ["010", 64, "unsigned", 10n],
  ["0", 64, "unsigned", 0n],
  ["-0", 64, "unsigned", 0n],
  ["-1", 64, "unsigned", (1n << 64n) - 1n],
  ["18446744073709551616", 64, "unsigned", (1n << 64n) - 1n],
  ["-18446744073709551616", 64, "unsigned", (1n << 64n) - 1n],
  ["18446744073709551611", 64, "signed", (1n << 63n) - 1n],
  ["-9223372036854775809", 64, "signed", -(1n << 63n)],
  [`1${"0".repeat(100_000)}`, 64, "signed", (1n << 63n) - 1n],
  [`${"0".repeat(100_000)}1`, 64, "signed", 1n],
  ["273", 8, "unsigned", 17n],
  ["-239", 8, "unsigned", 17n],
  ["251", 8, "signed", -5n],
  ["4294968296", 32, "unsigned", 1000n],
  ["", 64, "signed", null],
  ["-", 64, "signed", null],
  ["5 ", 64, "signed", null],
  ["0x10", 64, "signed", null],
  ["1.0", 64, "signed", null],
  ["1e+3", 64, "signed", null],
  ["+ 5", 64, "signed", null],
])("reads %j in %d bits, %s, as %s", (text, bits, sign, expected) => {
  expect(scanInteger(text, bits, sign === "signed")).toBe(expected);
});
