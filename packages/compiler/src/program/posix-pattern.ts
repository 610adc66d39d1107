// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText, sequenceLength } from "@falcoc/parser";
import { hexEscape, readClass, readEscape } from "./posix-class.ts";
import { PatternError, type PatternReader } from "./posix-reader.ts";
import {
  ANY_CHARACTER,
  ASSERTION,
  alternativeTexts,
  type MatchedTexts,
  repeatedTexts,
  sequenceTexts,
  textsOfCharacter,
} from "./posix-texts.ts";

/** A checked pattern in the syntax of `re2js`, or what is wrong with it, in RE2's words. */
export type PosixPattern =
  | { readonly ok: true; readonly source: string; readonly texts: MatchedTexts }
  | { readonly ok: false; readonly message: string };

/** Largest count in `{m,n}`, and largest product of counts nested in each other. */
const REPEAT_MAX = 1000;

/**
 * Largest number of single-character steps a pattern may have once its repetitions are written out. RE2 draws
 * its line at a few times that; matching time grows with this number.
 */
const PATTERN_SIZE_MAX = 5000;

/**
 * Reads a regular expression in RE2's POSIX syntax: literals, `.`, `[…]`, groups, `|`, `*`, `+`, `?`, `{m,n}`,
 * `^` and `$` (at line ends), escapes of punctuation and C's. Perl's additions do not exist in it, so `(?i)` has
 * a quantifier without operand, and `+?` is a `?` around a `+`.
 */
export function translatePosix(pattern: ByteString): PosixPattern {
  for (let i = 0; i < pattern.length; ) {
    const length = sequenceLength(pattern, i);
    if (length < 0) return { ok: false, message: "invalid UTF-8" };
    i += length;
  }
  const reader: PatternReader = { characters: [...decodeText(pattern)], at: 0 };
  try {
    const whole = alternatives(reader);
    if (reader.at < reader.characters.length) {
      throw new PatternError("unexpected )", reader, 0, reader.characters.length);
    }
    if (whole.size > PATTERN_SIZE_MAX) return { ok: false, message: "pattern too large - compile failed" };
    return { ok: true, source: whole.source, texts: whole.texts };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, message: error.message };
    throw error;
  }
}

/** A translated part: its source stands alone as an operand of a quantifier. */
interface Part {
  readonly source: string;
  /** Steps once repetitions are written out. */
  readonly size: number;
  /** Largest product of counts inside. */
  readonly repeats: number;
  readonly texts: MatchedTexts;
}

/** `Alternatives = Sequence { "|" Sequence }`; the recursion is bounded by the length of text literals. */
function alternatives(reader: PatternReader): Part {
  const parts = [sequence(reader)];
  while (reader.characters[reader.at] === "|") {
    reader.at++;
    parts.push(sequence(reader));
  }
  return joined(parts, "|", alternativeTexts);
}

/** `Sequence = { Atom { Quantifier } }` */
function sequence(reader: PatternReader): Part {
  const parts: Part[] = [];
  for (;;) {
    const unit = reader.characters[reader.at];
    if (unit === undefined || unit === "|" || unit === ")") {
      return joined(parts, "", sequenceTexts);
    }
    const quantifier = readQuantifier(reader);
    if (quantifier === null) {
      parts.push(atom(reader, unit));
      continue;
    }
    const operand = parts.pop();
    const start = reader.at - quantifier.source.length;
    if (operand === undefined) {
      throw new PatternError("no argument for repetition operator", reader, start, reader.at);
    }
    parts.push(repeated(operand, quantifier, reader, start));
  }
}

function joined(
  parts: readonly Part[],
  separator: string,
  textsOf: (parts: readonly MatchedTexts[]) => MatchedTexts,
): Part {
  return {
    source: parts.length === 1 ? parts[0]!.source : `(?:${parts.map((part) => part.source).join(separator)})`,
    size: parts.reduce((sum, part) => sum + part.size, 0),
    repeats: parts.reduce((most, part) => Math.max(most, part.repeats), 1),
    texts: textsOf(parts.map((part) => part.texts)),
  };
}

interface Quantifier {
  readonly source: string;
  readonly min: number;
  /** Null without upper end. */
  readonly max: number | null;
}

function repeated(
  operand: Part,
  { source, min, max }: Quantifier,
  reader: PatternReader,
  start: number,
): Part {
  const most = Math.max(min, max ?? 0);
  const repeats = operand.repeats * Math.max(most, 1);
  if (most > REPEAT_MAX || (max !== null && max < min) || (most >= 2 && repeats > REPEAT_MAX)) {
    throw new PatternError("invalid repetition size", reader, start, reader.at);
  }
  const copies = max === null ? min + 1 : most;
  return {
    source: `(?:${operand.source}${source})`,
    size: operand.size * copies + 1,
    repeats,
    texts: repeatedTexts(operand.texts, min),
  };
}

/** Reads a quantifier; null, with nothing consumed, when there is none. A malformed `{` is a plain character. */
function readQuantifier(reader: PatternReader): Quantifier | null {
  const unit = reader.characters[reader.at];
  if (unit === "*" || unit === "+" || unit === "?") {
    reader.at++;
    return { source: unit, min: unit === "+" ? 1 : 0, max: unit === "?" ? 1 : null };
  }
  if (unit !== "{") return null;
  const text = reader.characters.slice(reader.at, reader.at + QUANTIFIER_LENGTH_MAX).join("");
  const counted = /^\{(0|[1-9]\d{0,8})(?:(,)(0|[1-9]\d{0,8})?)?\}/.exec(text);
  if (counted === null) return null;
  const [source, min, comma, max] = counted;
  reader.at += source.length;
  const low = Number(min);
  return { source, min: low, max: max !== undefined ? Number(max) : comma === undefined ? low : null };
}

/** Two numbers of nine digits, braces and a comma. */
const QUANTIFIER_LENGTH_MAX = 21;

function atom(reader: PatternReader, unit: string): Part {
  switch (unit) {
    case "(":
      return group(reader);
    case "[":
      return step(readClass(reader), ANY_CHARACTER);
    case "\\":
      return character(readEscape(reader));
    case ".":
      reader.at++;
      return step("[^\\n]", ANY_CHARACTER);
    case "^":
    case "$":
      reader.at++;
      return step(`(?m:${unit})`, ASSERTION);
    default:
      reader.at++;
      return character(unit.codePointAt(0)!);
  }
}

function character(codePoint: number): Part {
  return step(hexEscape(codePoint), textsOfCharacter(codePoint));
}

function step(source: string, texts: MatchedTexts): Part {
  return { source, size: 1, repeats: 1, texts };
}

function group(reader: PatternReader): Part {
  reader.at++;
  const inner = alternatives(reader);
  if (reader.characters[reader.at] !== ")") {
    throw new PatternError("missing )", reader, 0, reader.characters.length);
  }
  reader.at++;
  return { ...inner, source: `(?:${inner.source})` };
}
