// SPDX-License-Identifier: Apache-2.0
import { type ByteString, sequenceLength } from "./bytes.ts";
import { TRANSFORMERS, type TransformerName } from "./operators.ts";

// Where a lexeme that begins at a given offset ends. Every function answers the offset behind the longest match,
// or the offset that it was given when nothing matches there. None skips blanks first.

const BLANK = 1;
const NOT_SEPARATOR = 2;
const LETTER = 4;
const WORD = 8;
const DIGIT = 16;
const BARE = 32;
const BARE_ARGUMENT = 64;
const HEX_DIGIT = 128;

/** Classes of each ASCII character, as bits. Other bytes have none: they count only inside bare texts. */
const CLASSES = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(256);
  const separators = " \t\n\v\f\r";
  const members: readonly (readonly [bit: number, pattern: RegExp])[] = [
    [BLANK, /[ \t\r\n\x08]/],
    [NOT_SEPARATOR, /[ \t\n\v\f\r]/],
    [LETTER, /[A-Za-z]/],
    [WORD, /[A-Za-z0-9_]/],
    [DIGIT, /[0-9]/],
    [BARE, new RegExp(`[^()"'=,${separators}]`)],
    [BARE_ARGUMENT, new RegExp(`[^\\[\\]"'${separators}]`)],
    [HEX_DIGIT, /[0-9A-Fa-f]/],
  ];
  for (let code = 0; code < 128; code++) {
    for (const [bit, pattern] of members) {
      if (pattern.test(String.fromCharCode(code))) table[code]! |= bit;
    }
  }
  return table;
}

function is(bit: number, text: ByteString, at: number): boolean {
  return ((CLASSES[text.charCodeAt(at)] ?? 0) & bit) !== 0;
}

function runEnd(bit: number, text: ByteString, at: number): number {
  let end = at;
  while (is(bit, text, end)) end++;
  return end;
}

/** Blanks that separate everything but `not`: space, tab, line breaks and backspace. */
export function blanksEnd(text: ByteString, at: number): number {
  return runEnd(BLANK, text, at);
}

/** Blanks after `not`: these know vertical tab and form feed, but no backspace. */
export function notSeparatorEnd(text: ByteString, at: number): number {
  return runEnd(NOT_SEPARATOR, text, at);
}

export function isBlank(text: ByteString, at: number): boolean {
  return is(BLANK, text, at);
}

export function isLetter(text: ByteString, at: number): boolean {
  return is(LETTER, text, at);
}

/** Whether a letter or digit is at an offset. The underscore is neither. */
export function isAlphanumeric(text: ByteString, at: number): boolean {
  return is(LETTER | DIGIT, text, at);
}

/** The name of a macro or list: a letter, then letters, digits and underscores. */
export function identifierEnd(text: ByteString, at: number): number {
  return is(LETTER, text, at) ? runEnd(WORD, text, at + 1) : at;
}

/** The name of a field: two or more identifiers joined by dots. */
export function fieldEnd(text: ByteString, at: number): number {
  const first = identifierEnd(text, at);
  if (first === at) return at;
  let end = first;
  while (text.charCodeAt(end) === 46 /* . */ && is(LETTER, text, end + 1)) end = runEnd(WORD, text, end + 1);
  return end === first ? at : end;
}

/** A text without quotes. */
export function bareEnd(text: ByteString, at: number): number {
  return runEndUtf8(BARE, text, at);
}

/** A field's argument without quotes. */
export function bareArgumentEnd(text: ByteString, at: number): number {
  return runEndUtf8(BARE_ARGUMENT, text, at);
}

/** Well-formed UTF-8 belongs to every bare text; an ill-formed byte ends it. */
function runEndUtf8(bit: number, text: ByteString, at: number): number {
  let end = at;
  for (;;) {
    end = runEnd(bit, text, end);
    const size = text.charCodeAt(end) >= 128 ? sequenceLength(text, end) : 0;
    if (size <= 0) return end;
    end += size;
  }
}

/** A hexadecimal or decimal number. An exponent needs its sign, a fraction may be empty. */
export function numberEnd(text: ByteString, at: number): number {
  if (text.charCodeAt(at) === 48 /* 0 */ && (text.charCodeAt(at + 1) | 32) === 120 /* x */) {
    const hex = runEnd(HEX_DIGIT, text, at + 2);
    if (hex > at + 2) return hex;
  }
  const whole = isSign(text, at) ? at + 1 : at;
  let end = runEnd(DIGIT, text, whole);
  if (end === whole) return at;
  if (text.charCodeAt(end) === 46 /* . */) end = runEnd(DIGIT, text, end + 1);
  if ((text.charCodeAt(end) | 32) === 101 /* e */ && isSign(text, end + 1) && is(DIGIT, text, end + 2)) {
    end = runEnd(DIGIT, text, end + 2);
  }
  return end;
}

function isSign(text: ByteString, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 43 /* + */ || code === 45 /* - */;
}

/**
 * A text in quotes, with them: up to the first quote of the same kind that has no backslash right before it.
 * Whether that backslash is itself escaped plays no part, so no such text can end in a backslash.
 */
export function quotedEnd(text: ByteString, at: number): number {
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") return at;
  let end = text.indexOf(quote, at + 1);
  while (end > at + 1 && text.charCodeAt(end - 1) === 92 /* \ */) end = text.indexOf(quote, end + 1);
  return end < 0 ? at : end + 1;
}

/** The transformer whose call begins at an offset: its name and an opening parenthesis at once; null when none does. */
export function transformerAt(text: ByteString, at: number): TransformerName | null {
  const end = identifierEnd(text, at);
  if (end === at || text.charCodeAt(end) !== 40 /* ( */) return null;
  const name = text.slice(at, end);
  return TRANSFORMERS.find((transformer) => transformer === name) ?? null;
}
