// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import { YamlError } from "./yaml-error.ts";
import type { YamlMark } from "./yaml-node.ts";

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;

/** Character codes beyond the end are NaN, which is equal to nothing. */
export const isBlank = (code: number): boolean => code === SPACE || code === TAB;
export const isBreak = (code: number): boolean => code === LF || code === CR;
export const isBlankOrBreak = (code: number): boolean => isBlank(code) || isBreak(code);

/** 1 for the bytes that are no blanks, no control characters, and none of the signs that YAML gives a meaning to. */
const ORDINARY = Uint8Array.from({ length: 256 }, (_, code) =>
  code > SPACE && !":?,[]{}#".includes(String.fromCharCode(code)) ? 1 : 0,
);

/** Position in the bytes of a YAML text. As the engine counts, CR begins a new line only where the first line ends so. */
export class YamlCursor {
  readonly text: ByteString;
  readonly #lineEnd: number;
  #offset = 0;
  #line = 0;
  #lineStart = 0;

  constructor(text: ByteString) {
    this.text = text;
    this.#lineEnd = /^[^\r\n]*\r(?!\n)/.test(text) ? CR : LF;
  }

  get offset(): number {
    return this.#offset;
  }

  get line(): number {
    return this.#line;
  }

  get column(): number {
    return this.#offset - this.#lineStart;
  }

  get atEnd(): boolean {
    return this.#offset >= this.text.length;
  }

  /** Code of the character at some distance from here; NaN beyond the end. */
  peek(distance = 0): number {
    return this.text.charCodeAt(this.#offset + distance);
  }

  mark(): YamlMark {
    return { offset: this.#offset, line: this.#line, column: this.column };
  }

  /** Moves over characters that are not line feeds. */
  skip(count = 1): void {
    this.#offset += count;
  }

  /** Moves over the line break that stands here: LF, CR LF or CR. */
  skipBreak(): void {
    if (this.peek() === CR) {
      this.#skipLineEnd();
      if (this.peek() !== LF) return;
    }
    this.#skipLineEnd();
  }

  #skipLineEnd(): void {
    const ends = this.peek() === this.#lineEnd;
    this.#offset++;
    if (!ends) return;
    this.#line++;
    this.#lineStart = this.#offset;
  }

  /** Moves over characters that never mean anything but themselves behind another one. */
  skipOrdinary(): void {
    while (ORDINARY[this.text.charCodeAt(this.#offset)] === 1) this.#offset++;
  }

  /** Moves to the next line break, or to the end. */
  skipLine(): void {
    while (!this.atEnd && !isBreak(this.peek())) this.#offset++;
  }

  skipBlanks(): void {
    while (isBlank(this.peek())) this.#offset++;
  }

  /** At the end of the text the column counts as 0 from here on, as after a line break. */
  endLine(): void {
    this.#lineStart = this.#offset;
  }

  /** Whether `---` or `...` stands here, at the start of a line, as a word of its own. */
  atDocumentMarker(): boolean {
    return this.column === 0 && (this.atTripled(0x2d) || this.atTripled(0x2e));
  }

  /** Whether three of a character stand here, and then a blank, a line break or the end. */
  atTripled(code: number): boolean {
    return (
      this.peek() === code && this.peek(1) === code && this.peek(2) === code && this.endsWord(this.peek(3))
    );
  }

  /** Whether a character code is a blank, a line break or the end. */
  endsWord(code: number): boolean {
    return isBlankOrBreak(code) || Number.isNaN(code);
  }

  fail(message: string): never {
    throw new YamlError(this.mark(), message);
  }
}
