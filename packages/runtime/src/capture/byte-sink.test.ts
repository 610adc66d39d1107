// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { ByteSink } from "./byte-sink.ts";

/** More than the sink has room for at first, at every offset to a number's size. */
const NUMBERS = 3000;

it.each([
  ["u8", 1],
  ["u16", 2],
  ["u32", 4],
  ["u64", 8],
] as const)("makes room for %s", (write, size) => {
  const sink = new ByteSink();
  sink.bytes("xyz");
  for (let i = 0; i < NUMBERS; i++) sink[write](i & 0xff);
  const bytes = sink.take();
  expect(bytes).toHaveLength(3 + NUMBERS * size);
  for (let i = 0; i < NUMBERS; i++) expect(bytes[3 + i * size]).toBe(i & 0xff);
});
