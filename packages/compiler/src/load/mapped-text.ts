// SPDX-License-Identifier: Apache-2.0
import type { ByteString, RulesFile, Span, YamlScalar } from "@falcoc/parser";

/**
 * A text put together from pieces of rules files, of which every byte knows where it was written: conditions with
 * appended parts, exceptions and list items in them.
 */
export interface MappedText {
  readonly text: ByteString;
  /** Ascending by `start`; the first starts at 0 unless the text is empty. */
  readonly pieces: readonly TextPiece[];
}

/** A run of bytes, up to the start of the next piece. */
export interface TextPiece {
  /** Offset in the text. */
  readonly start: number;
  /** File in which it was written; null for text that nobody wrote, such as joining blanks. */
  readonly file: RulesFile | null;
  /** Byte offset in the file. */
  readonly offset: number;
}

export const EMPTY_TEXT: MappedText = { text: "", pieces: [] };

export function textOfScalar(file: RulesFile, { text, pieces }: YamlScalar): MappedText {
  const mapped: TextPiece[] = [];
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    mapped.push({ start: pieces[i] ?? 0, file, offset: pieces[i + 1] ?? 0 });
  }
  return { text, pieces: mapped };
}

/** Parts of a text; strings among them were written nowhere. */
export type TextParts = readonly (MappedText | string)[];

export function joinTexts(parts: TextParts): MappedText {
  return new JoinedText(parts);
}

/** Puts its pieces together when they are asked for: most texts are changed many times before anyone does. */
class JoinedText implements MappedText {
  readonly text: ByteString;
  readonly #parts: TextParts;
  #pieces: readonly TextPiece[] | null = null;

  constructor(parts: TextParts) {
    this.#parts = parts;
    // Not `join`: it copies, and what is appended to time and again would be copied each time.
    let text = "";
    for (const part of parts) text += typeof part === "string" ? part : part.text;
    this.text = text;
  }

  get pieces(): readonly TextPiece[] {
    this.#pieces ??= this.#joinPieces();
    return this.#pieces;
  }

  /** Texts that were joined out of joined ones, as by many appends, are nested too deeply for recursion. */
  #joinPieces(): readonly TextPiece[] {
    const pieces: TextPiece[] = [];
    let start = 0;
    const open: (MappedText | string)[] = [this];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (part instanceof JoinedText && part.#pieces === null) {
        for (let i = part.#parts.length - 1; i >= 0; i--) open.push(part.#parts[i] ?? "");
        continue;
      }
      if (typeof part === "string") {
        if (part !== "") pieces.push({ start, file: null, offset: 0 });
        start += part.length;
        continue;
      }
      for (const piece of part.pieces) pieces.push({ ...piece, start: piece.start + start });
      start += part.text.length;
    }
    return pieces;
  }
}

export function sliceText({ text, pieces }: MappedText, start: number, end = text.length): MappedText {
  if (start >= end) return EMPTY_TEXT;
  const first = pieceAt(pieces, start);
  const sliced: TextPiece[] = [];
  for (let i = first; i < pieces.length; i++) {
    const piece = pieces[i] as TextPiece;
    if (piece.start >= end) break;
    const skipped = Math.max(start - piece.start, 0);
    sliced.push({ start: piece.start + skipped - start, file: piece.file, offset: piece.offset + skipped });
  }
  return { text: text.slice(start, end), pieces: sliced };
}

/**
 * The place in a file of the bytes from `start` to `end`: from where the first of them was written to where the
 * last of those was that stand together with it. Bytes that nobody wrote have the place of their neighbours.
 * null when no byte of the text was written anywhere.
 */
export function spanOfText(mapped: MappedText, start: number, end = start): Span | null {
  const { pieces, text } = mapped;
  const index = writtenPiece(pieces, pieceAt(pieces, start));
  const piece = pieces[index];
  if (piece === undefined || piece.file === null) return null;
  const pieceEnd = pieces[index + 1]?.start ?? text.length;
  const from = Math.min(Math.max(start, piece.start), pieceEnd);
  let to = Math.max(from, Math.min(end, pieceEnd));
  let last = piece;
  for (let i = index + 1; i < pieces.length; i++) {
    const next = pieces[i] as TextPiece;
    const follows = next.file === piece.file && next.offset >= last.offset;
    if (next.start >= end || !follows) break;
    last = next;
    to = Math.min(end, pieces[i + 1]?.start ?? text.length);
  }
  return piece.file.span(piece.offset + from - piece.start, last.offset + to - last.start);
}

/** The texts in byte order, each once. */
export function sortedTexts(texts: readonly MappedText[]): readonly ByteString[] {
  return [...new Set(texts.map(({ text }) => text))].sort();
}

/** Index of the piece that holds an offset; 0 when there is none before it. */
function pieceAt(pieces: readonly TextPiece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The nearest piece that was written: this one, one before it, or else one behind it. */
function writtenPiece(pieces: readonly TextPiece[], index: number): number {
  for (let i = index; i >= 0; i--) if (pieces[i]?.file) return i;
  for (let i = index; i < pieces.length; i++) if (pieces[i]?.file) return i;
  return -1;
}
