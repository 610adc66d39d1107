// SPDX-License-Identifier: Apache-2.0

/**
 * The one form in which an integer of any width travels: a number when it is a safe integer, else a bigint. So
 * equal integers are always `===`.
 */
export function canonicalInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Keeps the low `bits` (8, 16, 32 or 64) of an integer and reads them as signed or unsigned, canonical. */
export function wrapInteger(value: bigint, bits: number, signed: boolean): number | bigint {
  return canonicalInteger(signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
}
