// SPDX-License-Identifier: Apache-2.0
import type { PrintFormat } from "../catalog/types.ts";

/**
 * Digits of an integer in a print format; formats that are not for numbers give decimal digits. Negative numbers
 * in octal or hexadecimal show their 64-bit two's complement; padded ones have at least nine characters, a sign
 * included, with zeros behind the sign.
 */
export function printInteger(value: number | bigint, format: PrintFormat): string {
  switch (format) {
    case "OCT":
      return BigInt.asUintN(64, BigInt(value)).toString(8);
    case "HEX":
      return BigInt.asUintN(64, BigInt(value)).toString(16).toUpperCase();
    case "10_PADDED_DEC": {
      const digits = String(value).replace("-", "");
      return value < 0 ? `-${digits.padStart(8, "0")}` : digits.padStart(9, "0");
    }
    default:
      return String(value);
  }
}
