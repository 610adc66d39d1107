// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { createCatalog } from "../catalog/create-catalog.ts";
import type { ValueType } from "../catalog/types.ts";
import type { Literal } from "../ir/expr.ts";
import type { LiteralForm } from "../operators/index.ts";
import { parseLiteral } from "./literals.ts";

const catalog = createCatalog();

it.each<[type: ValueType, text: string, value: Literal]>([
  ["INT8", "251", -5],
  ["INT32", "4294967295", -1],
  ["UINT8", "273", 17],
  ["UINT8", "-239", 17],
  ["UINT32", "4294968296", 1000],
  ["UINT64", " 010", 10],
  ["UINT64", "+7", 7],
  ["UINT64", "-1", 2n ** 64n - 1n],
  ["UINT64", "99999999999999999999999", 2n ** 64n - 1n],
  ["INT64", "18446744073709551611", 2n ** 63n - 1n],
  ["INT64", "-99999999999999999999", -(2n ** 63n)],
  ["INT64", "9007199254740991", 9007199254740991],
  ["INT64", "9007199254740992", 9007199254740992n],
  ["DOUBLE", "-12", -12],
  ["PORT", "65979", 443],
  ["PORT", "https", 443],
  ["PORT", "", 0],
  ["BOOL", "false", false],
  ["IPADDR", "2001:DB8::", `\x20\x01\x0d\xb8${"\0".repeat(12)}`],
  ["IPNET", "10.0.0.1/264", { kind: "network", address: "\x0a\0\0\x01", prefix: 8 }],
  ["CHARBUF", "x".repeat(255), "x".repeat(255)],
  ["BYTEBUF", "\0", "\0"],
])("%s %j", (type, text, value) => {
  expect(parseLiteral(text, type, "typed", null, catalog)).toEqual({ ok: true, value });
});

it.each<[type: ValueType, form: LiteralForm, text: string]>([
  ["UINT64", "typed", ""],
  ["UINT64", "typed", "1.0"],
  ["UINT64", "typed", "5s"],
  ["SIGTYPE", "typed", "9"],
  ["IPADDR", "typed", "1.2.3"],
  ["IPADDR", "typed", "::ffff:10.0.0.1"],
  ["IPADDR", "typed", ":::"],
  ["IPADDR", "typed", "1:2:3:4:5:6:7:8:9"],
  ["IPNET", "typed", "10.0.0.0/33"],
  ["IPNET", "typed", "::/0"],
  ["CHARBUF", "typed", "x".repeat(256)],
  ["BYTEBUF", "typed", "x".repeat(256)],
  ["BYTEBUF", "hex", "6x"],
  ["CHARBUF", "regex", "["],
])("%s %s %j is refused", (type, form, text) => {
  expect(parseLiteral(text, type, form, null, catalog).ok).toBe(false);
});

it("decodes hexadecimal digits of either case", () => {
  expect(parseLiteral("00fF", "BYTEBUF", "hex", null, catalog)).toEqual({ ok: true, value: "\0\xff" });
});
