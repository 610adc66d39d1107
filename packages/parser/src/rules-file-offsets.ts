// SPDX-License-Identifier: Apache-2.0

/** Turns byte offsets of a text's UTF-8 form into UTF-16 offsets. Lookups are binary searches. */
export class Utf16Offsets {
  readonly #text: string;
  /** Byte offset and UTF-16 offset of every character outside ASCII, ascending. */
  readonly #bytes: number[] = [];
  readonly #units: number[] = [];

  constructor(text: string) {
    this.#text = text;
    let byte = 0;
    for (let unit = 0; unit < text.length; unit++) {
      if (text.charCodeAt(unit) < 0x80) {
        byte++;
        continue;
      }
      this.#bytes.push(byte);
      this.#units.push(unit);
      byte += utf8Size(text.codePointAt(unit) ?? 0);
      if ((text.codePointAt(unit) ?? 0) > 0xffff) unit++;
    }
  }

  /** The character that holds this byte; offsets beyond the end give the end. */
  unitOf(byte: number): number {
    const index = this.#lastAtOrBefore(byte);
    const first = this.#bytes[index];
    const unit = this.#units[index];
    if (first === undefined || unit === undefined) return Math.min(byte, this.#text.length);
    const code = this.#text.codePointAt(unit) ?? 0;
    if (byte < first + utf8Size(code)) return unit;
    const behind = unit + (code > 0xffff ? 2 : 1) + byte - first - utf8Size(code);
    return Math.min(behind, this.#text.length);
  }

  #lastAtOrBefore(byte: number): number {
    let low = -1;
    let high = this.#bytes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#bytes[middle] ?? 0) <= byte) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Bytes of a code point in UTF-8. A lone surrogate is written as U+FFFD, which takes as many. */
function utf8Size(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
