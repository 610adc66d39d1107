// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { parseBoolean, parseUnsigned } from "./decode.ts";

describe("parseBoolean", () => {
  it.each([
    ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
      (text) => [text, true] as const,
    ),
    ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off"].map((text) => [text, false] as const),
    ...["yEs", "tRUE", "1", "0", "t", "", " yes", "maybe"].map((text) => [text, null] as const),
  ])("%j is %j", (text, expected) => {
    expect(parseBoolean(text)).toBe(expected);
  });
});

describe("parseUnsigned", () => {
  it.each([
    ["0", 0],
    ["26", 26],
    ["0x10", 16],
    ["010", 8],
    ["4294967295", 4294967295],
    ["4294967296", null],
    ["-1", null],
    ["1.5", null],
    ["08", null],
    ["0x", null],
    ["", null],
    ["1e3", null],
  ])("%j is %j", (text, expected) => {
    expect(parseUnsigned(text)).toBe(expected);
  });
});
