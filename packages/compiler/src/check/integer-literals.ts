// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import { wrapInteger } from "../program/index.ts";
import { failure, type Result, success } from "./result.ts";
import type { IntegerForm } from "./value-types.ts";

const INTEGER = /^[ \t-\r]*([+-]?)(\d+)$/;
const SIGNED_MIN = -(2n ** 63n);
const SIGNED_MAX = 2n ** 63n - 1n;
const UNSIGNED_MAX = 2n ** 64n - 1n;

/**
 * Longest number that is converted digit by digit. No more digits than this are needed to know that a number
 * without leading zeros lies beyond 64 bits.
 */
const DIGITS_MAX = 20;

/**
 * Reads a decimal integer as C's `scanf` does: blanks may precede it, nothing may follow. It saturates at 64 bits,
 * where a minus sign on an unsigned number wraps around, and is then cut to the width of its type.
 */
export function parseInteger(text: ByteString, { bits, signed }: IntegerForm): Result<number | bigint> {
  const value = readInteger(text, signed);
  if (value === null) return failure("bad-literal", `${decodeText(text)} is not a valid number`);
  return success(wrapInteger(value, bits, signed));
}

function readInteger(text: ByteString, signed: boolean): bigint | null {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined) return null;
  const significant = digits.replace(/^0+(?=\d)/, "");
  const size = significant.length > DIGITS_MAX ? UNSIGNED_MAX + 1n : BigInt(significant);
  if (!signed) return size > UNSIGNED_MAX ? UNSIGNED_MAX : sign === "-" ? -size : size;
  const value = sign === "-" ? -size : size;
  return value < SIGNED_MIN ? SIGNED_MIN : value > SIGNED_MAX ? SIGNED_MAX : value;
}
