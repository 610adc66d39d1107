// SPDX-License-Identifier: Apache-2.0

/**
 * Reads a whole text as the engine reads decimal integers: blanks before it, a sign, digits, nothing after. The number
 * saturates at 64 bits (a minus makes an unsigned one wrap) and is then cut to `bits`. Null when it is no such text.
 */
export function scanInteger(text: string, bits: 8 | 16 | 32 | 64, signed: boolean): bigint | null {
  const match = INTEGER.exec(text);
  if (match === null) return null;
  const digits = match[2] ?? "";
  const magnitude = digits.length > DIGITS_MAX ? BEYOND : BigInt(digits === "" ? 0 : digits);
  const negative = match[1] === "-";
  return signed
    ? BigInt.asIntN(bits, saturateSigned(negative ? -magnitude : magnitude))
    : BigInt.asUintN(bits, saturateUnsigned(magnitude, negative));
}

/** Leading zeros are dropped; the lookahead keeps at least one digit. */
const INTEGER = /^[\t-\r ]*([+-]?)(?=[0-9])0*([0-9]*)$/;
/** Every number with more digits is beyond 64 bits. */
const DIGITS_MAX = 20;
const BEYOND = 1n << 64n;
const SIGNED_MAX = (1n << 63n) - 1n;
const UNSIGNED_MAX = (1n << 64n) - 1n;

function saturateSigned(value: bigint): bigint {
  if (value > SIGNED_MAX) return SIGNED_MAX;
  return value < -SIGNED_MAX - 1n ? -SIGNED_MAX - 1n : value;
}

function saturateUnsigned(magnitude: bigint, negative: boolean): bigint {
  if (magnitude > UNSIGNED_MAX) return UNSIGNED_MAX;
  return negative ? -magnitude : magnitude;
}
