// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/** What old recorders wrote for a string that could not be read. */
const NULL_TEXT = "(NULL)";

/** Text up to its first NUL, or to `limit`; null: it could not be read when it was recorded. */
export function decodeText(bytes: Buffer, start: number, limit: number): ByteString | null {
  let end = start;
  while (end < limit && bytes[end] !== 0) end++;
  const text = bytes.toString("latin1", start, end);
  return text === NULL_TEXT && limit - start === NULL_TEXT.length + 1 ? null : text;
}

/** All bytes, those that end strings included. */
export function decodeList(bytes: Buffer, start: number, end: number): ByteString {
  return bytes.toString("latin1", start, end);
}
