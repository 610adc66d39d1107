// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/** How the bytes of a buffer are shown: printable ones as they are, all in base64, or as a dump of hex digits. */
export type BufferFormat = "normal" | "base64" | "hex";

/** Bytes that the engine shows of a buffer or a list. */
export const SHOWN_BYTES_MAX = 1023;
/** Bytes shown of a buffer whose unprintable bytes become dots. */
const DOTTED_BYTES_MAX = 1021;

const UNPRINTABLE = /[^\u0020-\u007e]/g;
const BYTES_A_ROW = 16;

/** Text of a byte buffer, at most `SHOWN_BYTES_MAX` long. */
export function bufferText(bytes: ByteString, format: BufferFormat): ByteString {
  switch (format) {
    case "normal":
      return bytes.slice(0, DOTTED_BYTES_MAX).replace(UNPRINTABLE, ".");
    case "base64":
      return btoa(bytes.slice(0, Math.floor(SHOWN_BYTES_MAX / 4) * 3));
    case "hex":
      return hexDump(bytes);
    default:
      return format satisfies never;
  }
}

/** Rows of sixteen bytes in groups of two, each row with its offset. */
function hexDump(bytes: ByteString): ByteString {
  let dump = "";
  for (let at = 0; at < bytes.length; at += BYTES_A_ROW) {
    const groups = hexDigits(bytes.slice(at, at + BYTES_A_ROW)).replace(/.{1,4}/g, " $&");
    const row = `\n\t0x${at.toString(16).padStart(4, "0")}:${groups}`;
    if (dump.length + row.length >= SHOWN_BYTES_MAX) break;
    dump += row;
  }
  return dump === "" ? "" : `${dump}\n`;
}

function hexDigits(bytes: ByteString): string {
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
