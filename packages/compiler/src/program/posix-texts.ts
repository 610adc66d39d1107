// SPDX-License-Identifier: Apache-2.0
import { type ByteString, encodeText } from "@falcoc/parser";

/** What is known of the texts that a part of a regular expression can match. */
export interface MatchedTexts {
  /** The only text that it can match; null when there may be others. */
  readonly only: ByteString | null;
  /** Each text that it matches has one of these in it; null when nothing like that is known. */
  readonly needed: readonly ByteString[] | null;
}

/** A part that takes some character. */
export const ANY_CHARACTER: MatchedTexts = { only: null, needed: null };

/** A part that takes nothing. */
export const ASSERTION: MatchedTexts = { only: "", needed: null };

/** Ill-formed bytes are read as U+FFFD too, and no bytes as surrogates, so neither says which bytes there must be. */
export function textsOfCharacter(codePoint: number): MatchedTexts {
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint === 0xfffd || isSurrogate
    ? ANY_CHARACTER
    : onlyText(encodeText(String.fromCodePoint(codePoint)));
}

/** Before: `ab`, one of `x` and `y`, `cd`. After: `ab` (the first of the most telling). */
export function sequenceTexts(parts: readonly MatchedTexts[]): MatchedTexts {
  let run = "";
  let best: readonly ByteString[] | null = null;
  let isOnly = true;
  for (const { only, needed } of parts) {
    if (only !== null) {
      run += only;
      continue;
    }
    best = moreTelling(moreTelling(best, neededText(run)), needed);
    run = "";
    isOnly = false;
  }
  return isOnly ? onlyText(run) : { only: null, needed: moreTelling(best, neededText(run)) };
}

/** Before: `ab`, `cd`. After: one of `ab` and `cd`. */
export function alternativeTexts(parts: readonly MatchedTexts[]): MatchedTexts {
  if (parts.length === 1) return parts[0]!;
  const needed = parts.flatMap((part) => part.needed ?? []);
  return { only: null, needed: parts.every((part) => part.needed !== null) ? [...new Set(needed)] : null };
}

/** What a part that is repeated `min` times at least can match. */
export function repeatedTexts({ needed }: MatchedTexts, min: number): MatchedTexts {
  return { only: null, needed: min > 0 ? needed : null };
}

function onlyText(text: ByteString): MatchedTexts {
  return { only: text, needed: neededText(text) };
}

/** The empty text is in every text. */
function neededText(text: ByteString): readonly ByteString[] | null {
  return text === "" ? null : [text];
}

/** The one whose shortest text is longer; of equals the one with fewer texts, else the first. */
function moreTelling(
  one: readonly ByteString[] | null,
  other: readonly ByteString[] | null,
): readonly ByteString[] | null {
  if (one === null || other === null) return one ?? other;
  const difference = shortest(other) - shortest(one);
  return difference > 0 || (difference === 0 && other.length < one.length) ? other : one;
}

function shortest(texts: readonly ByteString[]): number {
  return texts.reduce((least, text) => Math.min(least, text.length), Number.POSITIVE_INFINITY);
}
