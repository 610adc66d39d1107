// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import { addByte, byteClass } from "./glob-class.ts";
import type { TextTest } from "./text-test.ts";

/**
 * Prepares a shell pattern as POSIX `fnmatch` reads it in the C locale without flags: `*` is any run of bytes
 * (`/` and a leading dot too), `?` any one byte, `[…]` a set of bytes, a backslash quotes. The whole text must
 * match. With `foldCase` ASCII letters match in both cases.
 *
 * A test takes at most pattern length times text length steps, whatever the pattern.
 */
export function globTest(pattern: ByteString, foldCase: boolean): TextTest {
  const tokens = globTokens(pattern, foldCase);
  if (tokens === null) return () => false;
  return (text) => matchTokens(tokens, text);
}

/** One-off form of `globTest`, for patterns that come out of an event. */
export function globMatches(text: ByteString, pattern: ByteString, foldCase: boolean): boolean {
  return globTest(pattern, foldCase)(text);
}

/** One element of a pattern: `*`, or a table of 256 entries that says which byte it takes. */
export type GlobToken = typeof ANY_RUN | Uint8Array;

export const ANY_RUN = "*";
const ANY_BYTE = new Uint8Array(256).fill(1);

/** Tables of tokens by their source text, so that patterns with the same tokens share them. */
export type GlobTables = Map<ByteString, Uint8Array>;

/**
 * Elements of a pattern, no two runs in a row; null when it can match nothing (it ends in a lone backslash, or names
 * no known class).
 */
export function globTokens(
  pattern: ByteString,
  foldCase: boolean,
  tables: GlobTables = new Map(),
): readonly GlobToken[] | null {
  const tokens: GlobToken[] = [];
  for (let i = 0; i < pattern.length; ) {
    if (pattern[i] === ANY_RUN) {
      if (tokens.at(-1) !== ANY_RUN) tokens.push(ANY_RUN);
      i++;
      continue;
    }
    const element = byteElement(pattern, i, foldCase);
    if (element === null) return null;
    const source = pattern.slice(i, element.end);
    const bytes = tables.get(source) ?? element.bytes();
    tables.set(source, bytes);
    tokens.push(bytes);
    i = element.end;
  }
  return tokens;
}

/** What takes one byte: `?`, a set, or a byte, plain or quoted. Null: the whole pattern matches nothing. */
function byteElement(
  pattern: ByteString,
  start: number,
  foldCase: boolean,
): { readonly end: number; bytes(): Uint8Array } | null {
  const unit = pattern[start];
  if (unit === "?") return { end: start + 1, bytes: () => ANY_BYTE };
  if (unit === "[") {
    const set = byteClass(pattern, start, foldCase);
    if (set === "never") return null;
    if (set !== null) return { end: set.end, bytes: () => set.bytes };
  }
  const at = unit === "\\" ? start + 1 : start;
  if (at === pattern.length) return null;
  return { end: at + 1, bytes: () => oneByte(pattern.charCodeAt(at), foldCase) };
}

function oneByte(byte: number, foldCase: boolean): Uint8Array {
  const bytes = new Uint8Array(256);
  addByte(bytes, byte, foldCase);
  return bytes;
}

/** Whether elements match a whole text. Goes back to the latest `*` only: an earlier one could not take over anything that this one cannot. */
export function matchTokens(tokens: readonly GlobToken[], text: ByteString): boolean {
  let at = 0;
  let token = 0;
  let runToken = -1;
  let runEnd = 0;
  while (at < text.length) {
    const expected = tokens[token];
    if (expected === ANY_RUN) {
      runToken = token++;
      runEnd = at;
    } else if (expected !== undefined && expected[text.charCodeAt(at)] === 1) {
      token++;
      at++;
    } else if (runToken >= 0) {
      token = runToken + 1;
      at = ++runEnd;
    } else {
      return false;
    }
  }
  while (tokens[token] === ANY_RUN) token++;
  return token === tokens.length;
}
