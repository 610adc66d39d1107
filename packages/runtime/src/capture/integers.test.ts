// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import { readI64, readI64Number, readU64, toInteger } from "./integers.ts";

const EDGES = [
  0n,
  1n,
  -1n,
  2n ** 53n - 1n,
  2n ** 53n,
  -(2n ** 53n) + 1n,
  -(2n ** 53n),
  2n ** 63n - 1n,
  -(2n ** 63n),
];

function viewOf(value: bigint): DataView {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, value, true);
  return view;
}

function check(value: bigint): void {
  const view = viewOf(value);
  expect(readI64(view, 0)).toBe(toInteger(value));
  expect(readU64(view, 0)).toBe(toInteger(BigInt.asUintN(64, value)));
  expect(readI64Number(view, 0)).toBe(Number(value));
}

it.each(EDGES)("reads %s in its one form", check);

it("reads every 64-bit integer in its one form", () => {
  fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), check));
});

it("keeps safe integers as numbers, and no others", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }), (value) => {
      const integer = toInteger(value);
      expect(typeof integer === "number").toBe(value > -(2n ** 53n) && value < 2n ** 53n);
      expect(BigInt(integer)).toBe(value);
    }),
  );
});
