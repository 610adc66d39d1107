// SPDX-License-Identifier: Apache-2.0
import type { LineIndex, Span } from "@falcoc/parser";
import { characterWidth, printable } from "./display.ts";

/** One line of an excerpt: its number, the text as shown, and the marks to be put under it. */
export interface ExcerptLine {
  /** From 1; null for the line that stands for left-out ones. */
  readonly number: number | null;
  readonly text: string;
  /** Blanks and carets, as wide as the text up to the end of the mark. */
  readonly marks: string;
}

/** A stretch of text that is shown as a whole: one character with what combines with it, or a tab. */
interface Cell {
  readonly glyph: string;
  readonly width: number;
  readonly marked: boolean;
}

/** A longer span is shown by its first and last lines. */
const LINES_MAX = 5;
const LINES_HEAD = 3;
const TAB_WIDTH = 4;
const CUT = "\u2026";

/** The lines that a span touches, each cut to `width` columns around what is marked. */
export function excerpt(text: string, lines: LineIndex, span: Span, width: number): ExcerptLine[] {
  const first = lines.position(span.start).line;
  const last = Math.max(first, lines.position(Math.max(span.start, span.end - 1)).line);
  const show = (number: number) => excerptLine(text, lines, span, number, width);
  const count = last - first + 1;
  if (count <= LINES_MAX) return Array.from({ length: count }, (_, i) => show(first + i));
  return [
    ...Array.from({ length: LINES_HEAD }, (_, i) => show(first + i)),
    { number: null, text: `${CUT} ${count - LINES_HEAD - 1} more lines`, marks: "" },
    show(last),
  ];
}

function excerptLine(text: string, lines: LineIndex, span: Span, number: number, width: number): ExcerptLine {
  const start = lines.lineStart(number);
  const end = lineEnd(text, lines, number);
  const from = Math.min(Math.max(span.start, start), end);
  const to = Math.min(Math.max(span.end, from), end);
  // Of a line that may be a megabyte only the surroundings of the mark are looked at.
  const left = backToCharacter(text, Math.max(start, from - width));
  const right = Math.min(end, from + 2 * width);
  const cells = toCells(text, left, right, from, to);
  const fitted = fit(cells, width, left > start, right < end);
  const shown = `${fitted.cutLeft ? CUT : ""}${fitted.cells.map((cell) => cell.glyph).join("")}`;
  return { number, text: `${shown}${fitted.cutRight ? CUT : ""}`.trimEnd(), marks: underline(fitted) };
}

/** Offset behind the last character of a line, its line break left out. */
function lineEnd(text: string, lines: LineIndex, number: number): number {
  if (number >= lines.lines) return text.length;
  const next = lines.lineStart(number + 1);
  return text.charCodeAt(next - 1) === 10 && text.charCodeAt(next - 2) === 13 ? next - 2 : next - 1;
}

/** A position that does not split a surrogate pair. */
function backToCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return offset > 0 && unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

function toCells(text: string, start: number, end: number, from: number, to: number): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let offset = start;
  for (const character of text.slice(start, end)) {
    const marked = offset >= from && offset < Math.max(to, from + 1);
    offset += character.length;
    if (character === "\t") {
      const width = TAB_WIDTH - (column % TAB_WIDTH);
      cells.push({ glyph: " ".repeat(width), width, marked });
      column += width;
      continue;
    }
    const glyph = printable(character);
    const width = glyph === character ? characterWidth(character) : 1;
    const before = cells.at(-1);
    if (width === 0 && before !== undefined) {
      cells[cells.length - 1] = { ...before, glyph: before.glyph + glyph };
      continue;
    }
    cells.push({ glyph, width, marked });
    column += width;
  }
  // A place at the end of a line is marked behind its last character.
  if (from >= end) cells.push({ glyph: " ", width: 1, marked: true });
  return cells;
}

interface Fitted {
  readonly cells: readonly Cell[];
  readonly cutLeft: boolean;
  readonly cutRight: boolean;
}

/** Drops cells on both sides until the rest fits; a third of the room stays in front of the mark. */
function fit(cells: readonly Cell[], width: number, cutLeft: boolean, cutRight: boolean): Fitted {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (total <= width && !cutLeft && !cutRight) return { cells, cutLeft, cutRight };
  const room = width - 2 * CUT.length;
  let first = cells.findIndex((cell) => cell.marked);
  for (let lead = 0; first > 0; first--) {
    lead += cells[first - 1]?.width ?? 0;
    if (lead > room / 3) break;
  }
  let end = first;
  for (let used = 0; end < cells.length; end++) {
    used += cells[end]?.width ?? 0;
    if (used > room) break;
  }
  return {
    cells: cells.slice(first, end),
    cutLeft: cutLeft || first > 0,
    cutRight: cutRight || end < cells.length,
  };
}

function underline({ cells, cutLeft }: Fitted): string {
  const marks = cells.map((cell) => (cell.marked ? "^" : " ").repeat(cell.width)).join("");
  return `${cutLeft ? " " : ""}${marks}`.trimEnd();
}
