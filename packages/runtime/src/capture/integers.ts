// SPDX-License-Identifier: Apache-2.0

const TWO_32 = 4_294_967_296;

/** An integer of any width in its one form: a number when it is a safe integer, else a bigint. */
export type Integer = number | bigint;

/** Unsigned 64-bit little-endian integer. */
export function readU64(view: DataView, at: number): Integer {
  const high = view.getUint32(at + 4, true);
  // Up to 2^53 - 1 two halves make an exact number.
  if (high < 0x200000) return high * TWO_32 + view.getUint32(at, true);
  return view.getBigUint64(at, true);
}

/** Signed 64-bit little-endian integer. */
export function readI64(view: DataView, at: number): Integer {
  const high = view.getInt32(at + 4, true);
  const value = high * TWO_32 + view.getUint32(at, true);
  return Number.isSafeInteger(value) ? value : view.getBigInt64(at, true);
}

/** Signed 64-bit integer as a number: exact for what identifies threads and descriptors, rounded beyond 2^53. */
export function readI64Number(view: DataView, at: number): number {
  const low = view.getInt32(at, true);
  const high = view.getInt32(at + 4, true);
  // Nearly all are small: they need not become floating point numbers.
  return high === low >> 31 ? low : high * TWO_32 + (low >>> 0);
}

/** The one form of an integer that was computed. */
export function toInteger(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
