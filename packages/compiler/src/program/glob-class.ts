// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

/** A bracket expression of a shell pattern. */
export interface ByteClass {
  /** 256 entries, 1 for each byte in the set. */
  readonly bytes: Uint8Array;
  /** Offset behind the closing bracket. */
  readonly end: number;
}

/** Names that may stand in `[[:name:]]`, as the ASCII bytes they hold. */
const NAMED_CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t-\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/**
 * Reads the bracket expression whose `[` is at `start`. Null when it is never closed: the bracket is then an
 * ordinary byte. "never" when it names an unknown class: the whole pattern then matches nothing.
 */
export function byteClass(pattern: ByteString, start: number, foldCase: boolean): ByteClass | "never" | null {
  const negated = pattern[start + 1] === "!" || pattern[start + 1] === "^";
  const first = start + (negated ? 2 : 1);
  const bytes = new Uint8Array(256);
  let i = first;
  while (i === first || pattern[i] !== "]") {
    if (i >= pattern.length) return null;
    const name = /^\[:([a-z]*):\]/.exec(pattern.slice(i, i + 16))?.[1];
    if (name !== undefined) {
      if (!addNamed(bytes, name, foldCase)) return "never";
      i += name.length + 4;
      continue;
    }
    const low = element(pattern, i);
    if (low === null) return null;
    const isRange = pattern[low.end] === "-" && low.end + 1 < pattern.length && pattern[low.end + 1] !== "]";
    const high = isRange ? element(pattern, low.end + 1) : low;
    if (high === null) return null;
    addRange(bytes, low.byte, high.byte, foldCase);
    i = high.end;
  }
  return { bytes: negated ? bytes.map((bit) => 1 - bit) : bytes, end: i + 1 };
}

/** Puts a byte into a table of 256; with `foldCase` a letter goes in in both cases. */
export function addByte(bytes: Uint8Array, byte: number, foldCase: boolean): void {
  bytes[byte] = 1;
  const letter = byte | 0x20;
  if (foldCase && letter >= 0x61 && letter <= 0x7a) bytes[byte ^ 0x20] = 1;
}

/** One byte of a set: plain, quoted by a backslash, or spelled `[.x.]` or `[=x=]`. */
function element(pattern: ByteString, at: number): { byte: number; end: number } | null {
  const symbol = /^\[([.=])(.)\1\]/s.exec(pattern.slice(at, at + 5));
  if (symbol !== null) return { byte: pattern.charCodeAt(at + 2), end: at + 5 };
  const start = pattern[at] === "\\" ? at + 1 : at;
  return start < pattern.length ? { byte: pattern.charCodeAt(start), end: start + 1 } : null;
}

function addNamed(bytes: Uint8Array, name: string, foldCase: boolean): boolean {
  const members = Object.hasOwn(NAMED_CLASSES, name) ? NAMED_CLASSES[name] : undefined;
  if (members === undefined) return false;
  for (let byte = 0; byte < 128; byte++) {
    if (members.test(String.fromCharCode(byte))) addRange(bytes, byte, byte, foldCase);
  }
  return true;
}

function addRange(bytes: Uint8Array, low: number, high: number, foldCase: boolean): void {
  for (let byte = low; byte <= high; byte++) addByte(bytes, byte, foldCase);
}
