// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";

/** Collects the value of a scalar together with the place of each of its bytes. */
export class YamlText {
  readonly #source: ByteString;
  #value = "";
  #pieces: number[] = [];

  constructor(source: ByteString) {
    this.#source = source;
  }

  get length(): number {
    return this.#value.length;
  }

  get value(): ByteString {
    return this.#value;
  }

  get pieces(): readonly number[] {
    return this.#pieces;
  }

  /** Appends a part of the source as it is. */
  copy(start: number, end: number): void {
    if (start < end) this.put(this.#source.slice(start, end), start);
  }

  /** Appends text that stands for what is written at a place of the source. */
  put(text: ByteString, offset: number): void {
    const last = this.#pieces.length - 2;
    const expected =
      last < 0 ? -1 : (this.#pieces[last + 1] ?? 0) + this.#value.length - (this.#pieces[last] ?? 0);
    if (expected !== offset) this.#pieces.push(this.#value.length, offset);
    this.#value += text;
  }

  cut(length: number): void {
    if (length >= this.#value.length) return;
    this.#value = this.#value.slice(0, length);
    while (this.#pieces.length > 2 && (this.#pieces.at(-2) ?? 0) >= length) this.#pieces.length -= 2;
  }

  /** Index of the last character that is none of the given ones; -1 when all are. */
  lastOtherThan(characters: string): number {
    let index = this.#value.length - 1;
    while (index >= 0 && characters.includes(this.#value[index] ?? "")) index--;
    return index;
  }
}
