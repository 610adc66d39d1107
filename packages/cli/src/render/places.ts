// SPDX-License-Identifier: Apache-2.0
import { LineIndex, type Position, type SourceFile, type Span } from "@falcoc/parser";

/** Start (inclusive) and end (exclusive) of a span, for people. */
export interface Place {
  readonly start: Position;
  readonly end: Position;
}

/** A file that diagnostics may point into. */
export interface IndexedFile {
  readonly text: string;
  readonly lines: LineIndex;
}

/** Finds lines and columns of spans; indexes each file once, when first asked for. */
export class Places {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #indexed = new Map<string, IndexedFile>();

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  /** null when the path is none of the files. */
  file(path: string): IndexedFile | null {
    const known = this.#indexed.get(path);
    if (known !== undefined) return known;
    const file = this.#files.get(path);
    if (file === undefined) return null;
    const indexed = { text: file.text, lines: new LineIndex(file.text) };
    this.#indexed.set(path, indexed);
    return indexed;
  }

  /** null when the span belongs to none of the files. */
  place(span: Span): Place | null {
    const file = this.file(span.path);
    if (file === null) return null;
    return { start: file.lines.position(span.start), end: file.lines.position(span.end) };
  }
}
