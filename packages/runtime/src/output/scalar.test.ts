// SPDX-License-Identifier: Apache-2.0
import { type PrintFormat, VALUE_TYPES, type ValueType } from "@falcoc/compiler/catalog";
import type { ScalarValue } from "@falcoc/compiler/program";
import { describe, expect, it } from "vitest";
import { bufferText } from "./buffer-text.ts";
import type { OutputFieldValue } from "./output-field.ts";
import { isPrintable, scalarJson, scalarText } from "./scalar.ts";

type Row = readonly [ValueType, PrintFormat, ScalarValue, string | null, OutputFieldValue];

const ROWS: readonly Row[] = [
  ["INT8", "DEC", -1, "-1", -1n],
  ["INT8", "HEX", -1, "FFFFFFFF", "FFFFFFFF"],
  ["INT16", "OCT", -1, "37777777777", "37777777777"],
  ["INT32", "NA", 5, null, null],
  ["INT32", "10_PADDED_DEC", 5, null, null],
  ["PORT", "ID", 443, "443", 443n],
  ["INT64", "HEX", -1, "FFFFFFFFFFFFFFFF", "FFFFFFFFFFFFFFFF"],
  ["INT64", "NA", -5, "-5", "-5"],
  ["PID", "10_PADDED_DEC", -1, "-00000001", "-00000001"],
  ["UINT64", "10_PADDED_DEC", 7, "000000007", "000000007"],
  ["UINT64", "DEC", 2n ** 64n - 1n, "18446744073709551615", 2n ** 64n - 1n],
  ["UINT64", "NA", 7, null, null],
  ["ABSTIME", "OCT", 8, "10", "10"],
  ["ERRNO", "DEC", -2, "-2", null],
  ["MODE", "DEC", 420, null, null],
  ["BOOL", "NA", true, "true", true],
  ["DOUBLE", "NA", 12.75, "12.8", 12.75],
  ["DOUBLE", "DEC", -2.25, "-2.2", -2n],
  ["CHARBUF", "NA", "\xc3\xa9\xff", "\xc3\xa9\xff", "é\ufffd"],
  ["BYTEBUF", "NA", "a\0\xff", "a..", "a.."],
  ["IPADDR", "NA", "\x0a\x01\x02\x03", "10.1.2.3", "10.1.2.3"],
  ["IPNET", "NA", "\x0a\x01\x02\x03", "<IPNET>", "<IPNET>"],
];

describe("scalarText and scalarJson", () => {
  it.each(ROWS)("%s as %s: %s", (type, print, value, text, json) => {
    expect(scalarText(value, { type, print }, "normal")).toBe(text);
    expect(scalarJson(value, { type, print }, "normal")).toStrictEqual(json);
  });

  it("leaves out what the engine cannot write", () => {
    const refused = VALUE_TYPES.filter((type) => !isPrintable(type, "json"));
    expect(refused).toContain("ERRNO");
    for (const type of refused) expect(scalarJson(1, { type, print: "DEC" }, "normal")).toBeNull();
  });
});

describe("bufferText", () => {
  it.each([
    ["normal", "a\nb\xff", "a.b."],
    ["base64", "\0\x01\xff", "AAH/"],
    ["hex", "hello", "\n\t0x0000: 6865 6c6c 6f\n"],
    ["hex", "0123456789abcdefX", "\n\t0x0000: 3031 3233 3435 3637 3839 6162 6364 6566\n\t0x0010: 58\n"],
    ["hex", "", ""],
  ] as const)("shows %s of %j", (format, bytes, text) => {
    expect(bufferText(bytes, format)).toBe(text);
  });

  it("shows at most 1023 bytes", () => {
    const bytes = "x".repeat(100_000);
    for (const format of ["normal", "base64", "hex"] as const) {
      expect(bufferText(bytes, format).length).toBeLessThanOrEqual(1024);
    }
    expect(bufferText(bytes, "normal")).toHaveLength(1021);
  });
});
