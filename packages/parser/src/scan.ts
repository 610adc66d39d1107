// SPDX-License-Identifier: Apache-2.0
import type { TokenType } from "chevrotain";
import type { ByteString } from "./bytes.ts";
import { type Unescaped, unescapeQuoted } from "./escape.ts";
import { blanksEnd } from "./lexemes.ts";
import type { Fault, SyntaxErrorCategory } from "./syntax-error.ts";
import { Argument, QuotedText, Token } from "./tokens.ts";

// What a run of characters means depends on its place alone: there are no reserved words, and a bare text swallows
// almost everything. So the scanner is an automaton with a stack. Each place reads what may stand there and answers
// the place that comes next; what fits nowhere ends the scan with the engine's error. A scan that ends without an
// error holds a sequence of tokens that the grammar accepts.

/** Reads what may stand at a place. Answers the place that comes next; null at the end and at an error. */
export type Place = (scan: Scan) => Place | null;

export interface Scan {
  readonly text: ByteString;
  /** The level of the engine's recursion that is one too many. */
  readonly depthMax: number;
  /** Whether brackets right behind the outermost call or field name belong to it. */
  readonly outerArgument: boolean;
  readonly tokens: Token[];
  /** What is open around the current place, innermost last. */
  readonly frames: Frame[];
  /**
   * Level of the innermost open procedure of the engine: in a condition or group that for `or`, to which `and` adds
   * one, `not` two and an operand three; in a call that of the call.
   */
  depth: number;
  /** Offset of the first byte that is not consumed. */
  at: number;
  /** Most frames that were ever open. */
  nesting: number;
  fault: Fault | null;
}

interface Frame {
  /** Level to go back to once the group, call or list is closed. */
  readonly depth: number;
  /** Place behind the closing parenthesis. */
  readonly next: Place;
}

/** What a scan gives: all tokens, or those before the first error. */
export interface Scanned {
  readonly tokens: Token[];
  readonly fault: Fault | null;
  /** Offset behind everything consumed. */
  readonly end: number;
  /** How deep groups, calls and lists of calls are nested. */
  readonly nesting: number;
}

export function runScan(
  start: Place,
  options: Pick<Scan, "text" | "at" | "depthMax" | "outerArgument">,
): Scanned {
  const scan: Scan = { ...options, tokens: [], frames: [], depth: 1, nesting: 0, fault: null };
  for (let place: Place | null = start; place !== null; ) place = place(scan);
  return { tokens: scan.tokens, fault: scan.fault, end: scan.at, nesting: scan.nesting };
}

/** Ends the scan where it stands. */
export function fail(scan: Scan, category: SyntaxErrorCategory, detail = ""): null {
  scan.fault = { category, offset: scan.at, detail };
  return null;
}

export function failTooDeep(scan: Scan): null {
  return fail(scan, "too-deep", String(scan.depthMax));
}

/** Opens a group, call or list whose parenthesis has been read. */
export function open(scan: Scan, depth: number, next: Place): void {
  scan.frames.push({ depth: scan.depth, next });
  scan.nesting = Math.max(scan.nesting, scan.frames.length);
  scan.depth = depth;
}

/** Closes the innermost group, call or list; answers the place behind it. */
export function close(scan: Scan): Place | null {
  const frame = scan.frames.pop();
  if (frame === undefined) return null;
  scan.depth = frame.depth;
  return frame.next;
}

/** Consumes a token up to an offset; its image is the text consumed unless another is given. */
export function take(scan: Scan, type: TokenType, end: number, image = scan.text.slice(scan.at, end)): void {
  scan.tokens.push(new Token(type, scan.at, end, image));
  scan.at = end;
}

/** Consumes a token of one character if it is the next. */
export function takeCharacter(scan: Scan, type: TokenType, character: string): boolean {
  if (scan.text.charAt(scan.at) !== character) return false;
  take(scan, type, scan.at + 1, character);
  return true;
}

/** Consumes a text in quotes; a bad escape ends the scan behind the closing quote. */
export function takeQuoted(scan: Scan, end: number, next: Place): Place | null {
  const quoted = unescapeRange(scan, end);
  if (!quoted.ok) return failEscape(scan, end, quoted.message);
  take(scan, QuotedText, end, quoted.text);
  return next;
}

export function unescapeRange(scan: Scan, end: number): Unescaped {
  return unescapeQuoted(scan.text.slice(scan.at, end));
}

export function failEscape(scan: Scan, end: number, message: string): null {
  scan.at = end;
  return fail(scan, "bad-escape", message);
}

/** The last token as the engine's message about trailing text names it. */
export function lastTokenText(scan: Scan): string {
  const token = scan.tokens.at(-1);
  return token?.tokenType === Argument ? "]" : (token?.image ?? "");
}

export function skipBlanks(scan: Scan): void {
  scan.at = blanksEnd(scan.text, scan.at);
}
