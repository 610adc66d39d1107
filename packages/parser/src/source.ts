// SPDX-License-Identifier: Apache-2.0

/** A rules file as the caller read it. Nothing here touches the file system. */
export interface SourceFile {
  /** Path as it is to be shown in diagnostics. */
  readonly path: string;
  /** Whole content, decoded from UTF-8. */
  readonly text: string;
}

/** A half-open range of UTF-16 offsets into the text of one source file. */
export interface Span {
  /** `SourceFile.path` of the file the offsets count in. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** A place for people: line and column both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Answers which line and column an offset is on. Build it once a text: lookups are binary searches. */
export class LineIndex {
  readonly #starts: number[] = [0];

  /** `crlf`: lines that CR and LF end together: one, as people count, or two, as the engine does in conditions. */
  constructor(text: string, crlf: 1 | 2 = 1) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const endsLine = unit === 10 || (unit === 13 && (crlf === 2 || text.charCodeAt(i + 1) !== 10));
      if (endsLine) this.#starts.push(i + 1);
    }
  }

  /** Number of lines; at least 1. */
  get lines(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of a line (from 1); lines past the end give the last line's. */
  lineStart(line: number): number {
    return this.#starts[Math.min(Math.max(line, 1), this.#starts.length) - 1] ?? 0;
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
