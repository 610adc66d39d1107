// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/** Shorter ones are not looked up: bytes are compared four at a time. */
const WORD_BYTES = 4;
/** Most words of which the place of a text is made. */
const HASHED_WORDS_MAX = 8;
const HASH_FACTOR = 0x9e3779b1;

/** Makes the text of some bytes; null: they stand for no text. */
type Decode = (bytes: Buffer, start: number, end: number) => ByteString | null;

/**
 * Texts of bytes that came before. Most names, paths and lists come again and again: to find the text of the same
 * bytes takes less time than to make it once more, and no memory. Every text has one place, which it loses to the
 * next one that has the same.
 */
export class TextTable {
  readonly #decode: Decode;
  readonly #bytesMax: number;
  readonly #shift: number;
  readonly #texts: (ByteString | null)[];
  readonly #sizes: Int32Array;
  /** The bytes, from `place * #placeWords` on; the last word ends with the text and may overlap the one before it. */
  readonly #words: Int32Array;
  readonly #placeWords: number;

  /** For 2 to the power of `placesLog` texts of at most `bytesMax` bytes, a multiple of 4. */
  constructor(placesLog: number, bytesMax: number, decode: Decode) {
    const places = 1 << placesLog;
    this.#decode = decode;
    this.#bytesMax = bytesMax;
    this.#shift = 32 - placesLog;
    this.#texts = new Array(places).fill(null);
    this.#sizes = new Int32Array(places);
    this.#placeWords = bytesMax / WORD_BYTES;
    this.#words = new Int32Array(places * this.#placeWords);
  }

  /** The text of `size` bytes from `start` on; `view` shows the same memory as `bytes`. */
  read(bytes: Buffer, view: DataView, start: number, size: number): ByteString | null {
    if (size < WORD_BYTES || size > this.#bytesMax) return this.#decode(bytes, start, start + size);
    const place = hashOf(view, start, size) >>> this.#shift;
    if (this.#sizes[place] === size && this.#holds(place, view, start, size)) {
      return this.#texts[place] as ByteString | null;
    }
    const text = this.#decode(bytes, start, start + size);
    this.#keep(place, view, start, size, text);
    return text;
  }

  #holds(place: number, view: DataView, start: number, size: number): boolean {
    const words = this.#words;
    const last = start + size - WORD_BYTES;
    let word = place * this.#placeWords;
    for (let at = start; at < last; at += WORD_BYTES) {
      if (words[word++] !== view.getInt32(at, true)) return false;
    }
    return words[word] === view.getInt32(last, true);
  }

  #keep(place: number, view: DataView, start: number, size: number, text: ByteString | null): void {
    const words = this.#words;
    const last = start + size - WORD_BYTES;
    let word = place * this.#placeWords;
    for (let at = start; at < last; at += WORD_BYTES) words[word++] = view.getInt32(at, true);
    words[word] = view.getInt32(last, true);
    this.#sizes[place] = size;
    this.#texts[place] = text;
  }
}

/** Of long texts only words at equal distances count. */
function hashOf(view: DataView, start: number, size: number): number {
  const last = start + size - WORD_BYTES;
  const step = size <= HASHED_WORDS_MAX * WORD_BYTES ? WORD_BYTES : Math.ceil(size / HASHED_WORDS_MAX);
  let hash = size;
  for (let at = start; at < last; at += step) hash = Math.imul(hash ^ view.getInt32(at, true), HASH_FACTOR);
  return Math.imul(hash ^ view.getInt32(last, true), HASH_FACTOR);
}
