// SPDX-License-Identifier: Apache-2.0
import { PatternError, type PatternReader } from "./posix-reader.ts";

const CLASS_NAME =
  /^\[:\^?(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]$/;

const C_ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

const HEX_DIGIT = /^[0-9A-Fa-f]$/;
const OCTAL_DIGIT = /^[0-7]$/;
const CODE_POINT_MAX = 0x10ffff;

/** `Class = "[" [ "^" ] Element { Element } "]"`; gives the class in the target syntax. */
export function readClass(reader: PatternReader): string {
  const start = reader.at++;
  let source = "[";
  if (reader.characters[reader.at] === "^") {
    reader.at++;
    source += "^";
  }
  const first = reader.at;
  while (reader.at === first || reader.characters[reader.at] !== "]") {
    if (reader.at > first) refuseInnerDash(reader);
    source += namedClass(reader) ?? range(reader, start);
  }
  reader.at++;
  return `${source}]`;
}

/** A dash is plain only as the first or the last element. */
function refuseInnerDash(reader: PatternReader): void {
  const [unit, next] = reader.characters.slice(reader.at, reader.at + 2);
  if (unit === "-" && next !== undefined && next !== "]") {
    throw new PatternError("invalid character class range", reader, reader.at, reader.at + 2);
  }
}

/** `[:name:]`; null, with nothing consumed, when nothing of that shape starts here. */
function namedClass(reader: PatternReader): string | null {
  const { characters, at } = reader;
  if (characters[at] !== "[" || characters[at + 1] !== ":") return null;
  for (let i = at + 2; i + 1 < characters.length; i++) {
    if (characters[i] !== ":" || characters[i + 1] !== "]") continue;
    const name = characters.slice(at, i + 2).join("");
    if (!CLASS_NAME.test(name)) throw new PatternError("invalid character class range", reader, at, i + 2);
    reader.at = i + 2;
    return name;
  }
  return null;
}

function range(reader: PatternReader, classStart: number): string {
  const start = reader.at;
  const low = classCharacter(reader, classStart);
  const [dash, next] = reader.characters.slice(reader.at, reader.at + 2);
  if (dash !== "-" || next === undefined || next === "]") return hexEscape(low);
  reader.at++;
  const high = classCharacter(reader, classStart);
  if (high < low) throw new PatternError("invalid character class range", reader, start, reader.at);
  return `${hexEscape(low)}-${hexEscape(high)}`;
}

function classCharacter(reader: PatternReader, classStart: number): number {
  const unit = reader.characters[reader.at];
  if (unit === undefined) throw new PatternError("missing ]", reader, classStart, reader.characters.length);
  if (unit === "\\") return readEscape(reader);
  reader.at++;
  return unit.codePointAt(0)!;
}

/** A character in the target syntax. */
export function hexEscape(codePoint: number): string {
  return `\\x{${codePoint.toString(16)}}`;
}

/**
 * The code point that a backslash and what follows stand for: ASCII punctuation, C's letters, `\xHH`, `\x{H…}`, and
 * octal numbers that no back-reference could be.
 */
export function readEscape(reader: PatternReader): number {
  const start = reader.at++;
  const unit = reader.characters[reader.at++];
  if (unit === undefined) throw new PatternError("trailing \\", reader, 0, 0);
  if (/^[\x00-\x7f]$/.test(unit) && !/^\w$/.test(unit)) return unit.charCodeAt(0);
  const value = Object.hasOwn(C_ESCAPES, unit) ? C_ESCAPES[unit] : numericEscape(reader, unit);
  if (value === undefined || value > CODE_POINT_MAX) {
    throw new PatternError("invalid escape sequence", reader, start, reader.at);
  }
  return value;
}

function numericEscape(reader: PatternReader, unit: string): number | undefined {
  if (unit === "x") return hexadecimal(reader);
  const isOctal =
    unit === "0" || (OCTAL_DIGIT.test(unit) && OCTAL_DIGIT.test(reader.characters[reader.at] ?? ""));
  if (!isOctal) return undefined;
  let digits = unit;
  while (digits.length < 3 && OCTAL_DIGIT.test(reader.characters[reader.at] ?? "")) {
    digits += reader.characters[reader.at++];
  }
  return Number.parseInt(digits, 8);
}

function hexadecimal(reader: PatternReader): number | undefined {
  if (reader.characters[reader.at] !== "{") {
    const digits = reader.characters.slice(reader.at, reader.at + 2);
    reader.at = Math.min(reader.at + 2, reader.characters.length);
    return digits.length === 2 && digits.every((digit) => HEX_DIGIT.test(digit))
      ? Number.parseInt(digits.join(""), 16)
      : undefined;
  }
  let digits = "";
  reader.at++;
  while (HEX_DIGIT.test(reader.characters[reader.at] ?? "")) digits += reader.characters[reader.at++];
  return reader.characters[reader.at++] === "}" && digits !== "" ? Number.parseInt(digits, 16) : undefined;
}
