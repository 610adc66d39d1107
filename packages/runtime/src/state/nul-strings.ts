// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/** The strings of a list in which each is ended by NUL; the last may lack its end. */
export function splitNul(list: ByteString): ByteString[] {
  if (list === "") return [];
  return (list.endsWith("\0") ? list.slice(0, -1) : list).split("\0");
}
