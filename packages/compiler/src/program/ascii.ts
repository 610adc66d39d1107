// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

const UPPER = /[A-Z]+/g;
const LOWER = /[a-z]+/g;

/** Lower case of the ASCII letters only: bytes of other scripts stay as they are. */
export function asciiLower(text: ByteString): ByteString {
  return text.replace(UPPER, (run) => run.toLowerCase());
}

/** Upper case of the ASCII letters only. */
export function asciiUpper(text: ByteString): ByteString {
  return text.replace(LOWER, (run) => run.toUpperCase());
}

/** Whether `text` holds `needle`, letter case of ASCII letters aside. `needle` may have any case. */
export function includesFolded(text: ByteString, needle: ByteString): boolean {
  return asciiLower(text).includes(asciiLower(needle));
}
