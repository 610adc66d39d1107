// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/** Tells the lines, from 1, of offsets that are asked for in ascending order; an earlier one starts over. */
export class LineCounter {
  readonly #text: ByteString;
  #offset = 0;
  #line = 1;

  constructor(text: ByteString) {
    this.#text = text;
  }

  lineOf(offset: number): number {
    if (offset < this.#offset) {
      this.#offset = 0;
      this.#line = 1;
    }
    let at = this.#text.indexOf("\n", this.#offset);
    while (at >= 0 && at < offset) {
      this.#line++;
      at = this.#text.indexOf("\n", at + 1);
    }
    this.#offset = offset;
    return this.#line;
  }
}
