// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

/** Where only ASCII is, the language's own functions do the same, and several times as fast. */
const NON_ASCII = /[\u0080-\u00ff]/;
const UPPER = /[A-Z]+/g;
const LOWER = /[a-z]+/g;

/** Lower case of the ASCII letters only: bytes of other scripts stay as they are. */
export function asciiLower(text: ByteString): ByteString {
  if (!NON_ASCII.test(text)) return text.toLowerCase();
  return text.replace(UPPER, (run) => run.toLowerCase());
}

/** Upper case of the ASCII letters only. */
export function asciiUpper(text: ByteString): ByteString {
  if (!NON_ASCII.test(text)) return text.toUpperCase();
  return text.replace(LOWER, (run) => run.toUpperCase());
}

/** Whether `text` holds `needle`, letter case of ASCII letters aside. `needle` may have any case. */
export function includesFolded(text: ByteString, needle: ByteString): boolean {
  return asciiLower(text).includes(asciiLower(needle));
}
