// SPDX-License-Identifier: Apache-2.0
import { type ByteString, encodeText } from "./bytes.ts";
import { isBlank, isBreak, LF, type YamlCursor } from "./yaml-cursor.ts";
import { YamlText } from "./yaml-text.ts";

const BACKSLASH = 0x5c;

export interface QuotedScalar {
  readonly text: YamlText;
  /** False when the text ended first; the engine accepts that where the text ends with a line break. */
  readonly closed: boolean;
}

/**
 * Reads a scalar in quotes, from its opening quote on. Blanks around a line break are dropped; the break becomes
 * a space, and every further empty line a line feed.
 */
export function scanQuotedScalar(cursor: YamlCursor): QuotedScalar {
  const quote = cursor.peek();
  const text = new YamlText(cursor.text);
  let afterEmptyLine = false;
  let lastEscape = -1;
  cursor.skip();
  while (!cursor.atEnd) {
    const line = scanLine(cursor, quote, text);
    if (line.lastEscape >= 0) lastEscape = line.lastEscape;
    if (cursor.atEnd) cursor.fail("illegal EOF in scalar");
    if (cursor.peek() === quote) {
      cursor.skip();
      clip(text, lastEscape);
      return { text, closed: true };
    }
    text.cut(line.kept);
    const lineBreak = cursor.offset;
    cursor.skipBreak();
    cursor.skipBlanks();
    const nextIsEmpty = isBreak(cursor.peek());
    if (nextIsEmpty) text.put("\n", lineBreak);
    else if (!afterEmptyLine && !line.escapedBreak) text.put(" ", lineBreak);
    afterEmptyLine = nextIsEmpty;
  }
  clip(text, lastEscape);
  return { text, closed: false };
}

interface QuotedLine {
  /** Length of the text up to its last character that is no blank of the file. */
  readonly kept: number;
  /** Length of the text after its last escape; -1 without. */
  readonly lastEscape: number;
  /** A backslash took the line break away. */
  readonly escapedBreak: boolean;
}

function scanLine(cursor: YamlCursor, quote: number, text: YamlText): QuotedLine {
  const escaping = quote === 0x27 ? quote : BACKSLASH;
  let kept = text.length;
  let lastEscape = -1;
  let from = cursor.offset;
  let contentEnd = from;
  const flush = (): void => {
    if (contentEnd > from) kept = text.length + contentEnd - from;
    text.copy(from, cursor.offset);
  };
  while (!cursor.atEnd && !isBreak(cursor.peek()) && !atClosingQuote(cursor, quote)) {
    if (cursor.atDocumentMarker()) cursor.fail("illegal document indicator in scalar");
    if (cursor.peek() === escaping) {
      flush();
      const place = cursor.offset;
      const atBreak = escaping === BACKSLASH && isBreak(cursor.peek(1));
      if (atBreak) cursor.skip();
      else text.put(readEscape(cursor), place);
      kept = text.length;
      lastEscape = text.length;
      if (atBreak) return { kept, lastEscape, escapedBreak: true };
      from = cursor.offset;
      contentEnd = from;
      continue;
    }
    const blank = isBlank(cursor.peek());
    cursor.skip();
    if (!blank) contentEnd = cursor.offset;
  }
  flush();
  return { kept, lastEscape, escapedBreak: false };
}

function atClosingQuote(cursor: YamlCursor, quote: number): boolean {
  return cursor.peek() === quote && (quote !== 0x27 || cursor.peek(1) !== 0x27);
}

/** Keeps at most one line feed at the end, but never cuts into what was escaped. */
function clip(text: YamlText, lastEscape: number): void {
  const last = Math.max(text.lastOtherThan("\n"), lastEscape);
  text.cut(last < 0 ? 0 : last + 2);
}

const SIMPLE_ESCAPES: Readonly<Record<string, ByteString>> = {
  "0": "\0", a: "\x07", b: "\b", t: "\t", "\t": "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b",
  " ": " ", '"': '"', "'": "'", "\\": "\\", "/": "/",
  N: "\xc2\x85", _: "\xc2\xa0", L: "\xe2\x80\xa8", P: "\xe2\x80\xa9",
}; // biome-ignore format: a table

const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads an escape and gives the bytes that it stands for. */
function readEscape(cursor: YamlCursor): ByteString {
  const first = take(cursor);
  const letter = take(cursor);
  if (first === "'") return "'";
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) return simple;
  const digits = HEX_ESCAPES[letter];
  if (digits === undefined) cursor.fail(`unknown escape character: ${letter}`);
  let hex = "";
  for (let i = 0; i < digits; i++) hex += take(cursor);
  if (!/^[0-9a-fA-F]+$/.test(hex)) cursor.fail("bad character found while scanning hex number");
  const code = Number.parseInt(hex, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) cursor.fail(`invalid unicode: ${code}`);
  return encodeText(String.fromCodePoint(code));
}

function take(cursor: YamlCursor): string {
  const code = cursor.peek();
  if (Number.isNaN(code)) return "";
  if (code === LF) cursor.skipBreak();
  else cursor.skip();
  return String.fromCharCode(code);
}
