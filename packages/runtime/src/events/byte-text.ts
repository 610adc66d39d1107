// SPDX-License-Identifier: Apache-2.0
import { type ByteString, encodeText } from "@falcoc/compiler/program";

const CHUNK_BYTES = 8192;
const BYTE_ORDER_MARK = "\xef\xbb\xbf";

/** Bytes of a file, or of a text that was decoded already, without a byte order mark. */
export function byteText(input: string | Uint8Array): ByteString {
  const text = typeof input === "string" ? encodeText(input) : latin1(input);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}

/** In chunks, since a call takes only so many arguments. */
function latin1(bytes: Uint8Array): ByteString {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES)));
  }
  return parts.join("");
}
