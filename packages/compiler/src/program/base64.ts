// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Value of each byte as a base64 digit, 255 for other bytes. */
const DIGITS = new Uint8Array(256).fill(255);
for (let i = 0; i < ALPHABET.length; i++) DIGITS[ALPHABET.charCodeAt(i)] = i;

/**
 * Decodes the standard alphabet. Padding may be there or not; null on any other character, on a length that no
 * encoder gives, or when bits that are left over are not zero.
 */
export function decodeBase64(text: ByteString): ByteString | null {
  let length = text.length;
  for (let padding = 0; padding < 2 && text[length - 1] === "="; padding++) length--;
  if (length % 4 === 1) return null;
  const bytes: string[] = [];
  let bits = 0;
  let pending = 0;
  for (let i = 0; i < length; i++) {
    const digit = DIGITS[text.charCodeAt(i)]!;
    if (digit === 255) return null;
    pending = ((pending << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(String.fromCharCode((pending >> bits) & 0xff));
  }
  return (pending & ((1 << bits) - 1)) === 0 ? bytes.join("") : null;
}
