// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { JsonEntry, JsonNode } from "./json-node.ts";
import { unescapeString } from "./unescape-string.ts";

/** Arrays and objects inside each other; deeper ones are refused before they use up the stack. */
export const JSON_DEPTH_MAX = 300;

export type JsonParse =
  | { readonly ok: true; readonly node: JsonNode }
  | {
      readonly ok: false;
      /** Byte offset at which reading stopped. */
      readonly offset: number;
      /** What is wrong there, without a place. */
      readonly message: string;
      /** True when the text ends in the middle of the value, so that more text could complete it. */
      readonly truncated: boolean;
    };

/** Reads the JSON value that starts at byte `from`, blanks before it skipped; what follows it is not looked at. */
export function parseJson(text: ByteString, from = 0): JsonParse {
  const cursor = { text, at: from, depth: 0 };
  try {
    skipBlanks(cursor);
    return { ok: true, node: value(cursor) };
  } catch (error) {
    if (!(error instanceof BadJson)) throw error;
    const truncated = error.offset >= text.length;
    return { ok: false, offset: error.offset, message: error.message, truncated };
  }
}

/** First byte at or after `from` that is no blank. */
export function afterBlanks(text: ByteString, from: number): number {
  const cursor = { text, at: from, depth: 0 };
  skipBlanks(cursor);
  return cursor.at;
}

interface Cursor {
  readonly text: ByteString;
  at: number;
  depth: number;
}

/** Only travels from a place inside a value to `parseJson`. */
class BadJson extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;

function value(cursor: Cursor): JsonNode {
  const start = cursor.at;
  switch (cursor.text[start]) {
    case "{":
      return nested(cursor, object);
    case "[":
      return nested(cursor, array);
    case '"': {
      const text = string(cursor);
      return { kind: "string", value: text, start, end: cursor.at };
    }
    case "t":
      word(cursor, "true");
      return { kind: "boolean", value: true, start, end: cursor.at };
    case "f":
      word(cursor, "false");
      return { kind: "boolean", value: false, start, end: cursor.at };
    case "n":
      word(cursor, "null");
      return { kind: "null", start, end: cursor.at };
    default:
      return { kind: "number", text: number(cursor), start, end: cursor.at };
  }
}

function nested(cursor: Cursor, read: (cursor: Cursor) => JsonNode): JsonNode {
  if (++cursor.depth > JSON_DEPTH_MAX) {
    throw new BadJson(cursor.at, `arrays and objects are nested more than ${JSON_DEPTH_MAX} deep`);
  }
  const node = read(cursor);
  cursor.depth--;
  return node;
}

function object(cursor: Cursor): JsonNode {
  const start = cursor.at++;
  const entries: JsonEntry[] = [];
  skipBlanks(cursor);
  while (cursor.text[cursor.at] !== "}") {
    if (entries.length > 0) expect(cursor, ",", 'expected "," or "}"');
    if (cursor.text[cursor.at] !== '"') throw new BadJson(cursor.at, "expected a key in double quotes");
    const key = string(cursor);
    skipBlanks(cursor);
    expect(cursor, ":", 'expected ":" after the key');
    entries.push({ key, value: value(cursor) });
    skipBlanks(cursor);
  }
  cursor.at++;
  return { kind: "object", entries, start, end: cursor.at };
}

function array(cursor: Cursor): JsonNode {
  const start = cursor.at++;
  const items: JsonNode[] = [];
  skipBlanks(cursor);
  while (cursor.text[cursor.at] !== "]") {
    if (items.length > 0) expect(cursor, ",", 'expected "," or "]"');
    items.push(value(cursor));
    skipBlanks(cursor);
  }
  cursor.at++;
  return { kind: "array", items, start, end: cursor.at };
}

function expect(cursor: Cursor, character: string, message: string): void {
  if (cursor.text[cursor.at] !== character) throw new BadJson(cursor.at, message);
  cursor.at++;
  skipBlanks(cursor);
}

function string(cursor: Cursor): ByteString {
  const { text, at } = cursor;
  STRING.lastIndex = at;
  const match = STRING.exec(text)?.[0];
  if (match === undefined) throw new BadJson(endOfBadString(text, at + 1), "a text is not closed");
  cursor.at += match.length;
  const decoded = unescapeString(match.slice(1, -1));
  if (decoded === null) throw new BadJson(at, "a text holds an escape that JSON does not have");
  return decoded;
}

/** Where a string that does not close gives up: at a control character, or at the end of the text. */
function endOfBadString(text: ByteString, from: number): number {
  const length = text.slice(from).search(/[\u0000-\u001f]/);
  return length < 0 ? text.length : from + length;
}

function number(cursor: Cursor): string {
  NUMBER.lastIndex = cursor.at;
  const match = NUMBER.exec(cursor.text)?.[0];
  if (match === undefined) throw new BadJson(cursor.at, "expected a JSON value");
  cursor.at += match.length;
  return match;
}

function word(cursor: Cursor, name: string): void {
  const found = cursor.text.slice(cursor.at, cursor.at + name.length);
  if (found !== name) {
    const offset = name.startsWith(found) ? cursor.text.length : cursor.at;
    throw new BadJson(offset, "expected a JSON value");
  }
  cursor.at += name.length;
}

function skipBlanks(cursor: Cursor): void {
  const { text } = cursor;
  let code = text.charCodeAt(cursor.at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++cursor.at);
}
