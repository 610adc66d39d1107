// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import { bareArgumentEnd, fieldEnd, numberEnd, quotedEnd, transformerAt } from "./lexemes.ts";
import {
  close,
  fail,
  failEscape,
  failTooDeep,
  open,
  type Place,
  runScan,
  type Scan,
  type Scanned,
  skipBlanks,
  take,
  takeCharacter,
  takeQuoted,
  unescapeRange,
} from "./scan.ts";
import {
  Argument,
  Call,
  Comma,
  FieldName,
  ListStart,
  NumberText,
  RightParenthesis,
  ValCall,
} from "./tokens.ts";

/**
 * Cuts the one field reference or transformer call that begins at an offset into tokens, and leaves what follows.
 * With `argument` false, brackets right behind it are left too.
 */
export function scanOperand(text: ByteString, at: number, depthMax: number, argument: boolean): Scanned {
  const start: Place = (scan) => reference(scan, scan.depth, finish, failOperandMissing);
  return runScan(start, { text, at, depthMax, outerArgument: argument });
}

/** Reads a field reference or a transformer call on a level of the engine's recursion, if one begins here. */
export function reference(scan: Scan, depth: number, next: Place, otherwise: Place): Place | null {
  const end = fieldEnd(scan.text, scan.at);
  if (end > scan.at) return field(scan, end, depth, next);
  return transformer(scan, depth, next, otherwise);
}

/** Reads a transformer call, if one begins here. */
export function transformer(scan: Scan, depth: number, next: Place, otherwise: Place): Place | null {
  const name = transformerAt(scan.text, scan.at);
  if (name === null) return otherwise(scan);
  take(scan, Call, scan.at + name.length + 1, name);
  if (depth >= scan.depthMax) return failTooDeep(scan);
  open(scan, depth, next);
  return callArgument;
}

/** Reads `val(` and the one field that it holds. */
export function valCall(scan: Scan, depth: number, next: Place): Place | null {
  take(scan, ValCall, scan.at + 4, "val");
  skipBlanks(scan);
  const end = fieldEnd(scan.text, scan.at);
  if (end === scan.at) return fail(scan, "val-field-missing");
  open(scan, depth, next);
  return field(scan, end, depth + 1, callEnd);
}

export function failOperandMissing(scan: Scan): null {
  return fail(scan, "operand-missing");
}

function finish(): null {
  return null;
}

function field(scan: Scan, end: number, depth: number, next: Place): Place | null {
  take(scan, FieldName, end);
  return depth >= scan.depthMax ? failTooDeep(scan) : argument(scan, next);
}

/** `[argument]`, if brackets follow at once. */
function argument(scan: Scan, next: Place): Place | null {
  const { text, at } = scan;
  if (text.charAt(at) !== "[") return next;
  if (scan.frames.length === 0 && !scan.outerArgument) return next;
  scan.at++;
  const quotes = quotedEnd(text, scan.at);
  const quoted = quotes > scan.at;
  const end = quoted ? quotes : bareArgumentEnd(text, scan.at);
  if (end === scan.at) return fail(scan, "field-argument-missing");
  const value = quoted ? unescapeRange(scan, end) : { ok: true as const, text: text.slice(scan.at, end) };
  if (!value.ok) return failEscape(scan, end, value.message);
  scan.at = end;
  if (text.charAt(end) !== "]") return fail(scan, "field-argument-unclosed");
  scan.at = at;
  take(scan, Argument, end + 1, value.text);
  return next;
}

function callArgument(scan: Scan): Place | null {
  if (scan.depth + 1 >= scan.depthMax) return failTooDeep(scan);
  skipBlanks(scan);
  const { text, at } = scan;
  const number = numberEnd(text, at);
  if (number > at) {
    take(scan, NumberText, number);
    return afterArgument;
  }
  const quoted = quotedEnd(text, at);
  if (quoted > at) return takeQuoted(scan, quoted, afterArgument);
  if (takeCharacter(scan, ListStart, "(")) return callList;
  return reference(scan, scan.depth + 2, afterArgument, failArgumentMissing);
}

function failArgumentMissing(scan: Scan): null {
  return fail(scan, "call-argument-missing");
}

function afterArgument(scan: Scan): Place | null {
  skipBlanks(scan);
  return takeCharacter(scan, Comma, ",") ? callArgument : callEnd(scan);
}

/** The parenthesis that closes a call of any kind, and brackets behind it. */
function callEnd(scan: Scan): Place | null {
  skipBlanks(scan);
  if (!takeCharacter(scan, RightParenthesis, ")")) return fail(scan, "call-unclosed");
  const next = close(scan);
  return next === null ? null : argument(scan, next);
}

/** A list as an argument: its parenthesis has been read. */
function callList(scan: Scan): Place | null {
  const depth = scan.depth + 2;
  if (depth >= scan.depthMax) return failTooDeep(scan);
  open(scan, depth, afterArgument);
  skipBlanks(scan);
  return takeCharacter(scan, RightParenthesis, ")") ? close(scan) : callItem;
}

function callItem(scan: Scan): Place | null {
  skipBlanks(scan);
  return reference(scan, scan.depth + 1, afterCallItem, callText);
}

function callText(scan: Scan): Place | null {
  const { text, at } = scan;
  const quoted = quotedEnd(text, at);
  if (quoted > at) return takeQuoted(scan, quoted, afterCallItem);
  const number = numberEnd(text, at);
  if (number === at) return fail(scan, "call-item-missing");
  take(scan, NumberText, number);
  return afterCallItem;
}

function afterCallItem(scan: Scan): Place | null {
  skipBlanks(scan);
  if (takeCharacter(scan, Comma, ",")) return callItem;
  return takeCharacter(scan, RightParenthesis, ")") ? close(scan) : fail(scan, "call-list-unclosed");
}
