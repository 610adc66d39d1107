// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText, encodeText, sequenceLength } from "@falcoc/compiler/program";
import type { JsonNode, JsonValue } from "./json-node.ts";
import { JSON_DEPTH_MAX } from "./parse-json.ts";

/**
 * JSON text of a value as the JSON library of the engine's plugins writes it: no blanks, keys and duplicates as they
 * came, numbers by their digits. A string is quoted as it is, or in Go's manner when it holds a quote, a backslash or
 * a control character: `\a`, `\x00`, and `\u` for what cannot be printed.
 */
export function marshalJson(node: JsonNode): ByteString {
  switch (node.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(node.value);
    case "number":
      return node.text;
    case "string":
      return quote(node.value);
    case "array":
      return `[${node.items.map(marshalJson).join(",")}]`;
    case "object":
      return `{${node.entries.map(({ key, value }) => `${quote(key)}:${marshalJson(value)}`).join(",")}}`;
    default:
      return node satisfies never;
  }
}

/**
 * JSON text of a plain value, for values that did not come as text. Numbers that JSON lacks become null. Null instead
 * of a text: the value is nested deeper than JSON may be, or holds itself.
 */
export function jsonText(value: JsonValue): ByteString | null {
  const text = textOf(value, 0);
  return text === null ? null : encodeText(text);
}

/** Plain value of a node. Integers beyond 2^53 are bigints; of duplicate keys the first counts. */
export function plainValue(node: JsonNode): JsonValue {
  switch (node.kind) {
    case "null":
      return null;
    case "boolean":
      return node.value;
    case "number":
      return plainNumber(node.text);
    case "string":
      return decodeText(node.value);
    case "array":
      return node.items.map(plainValue);
    case "object": {
      const record: Record<string, JsonValue> = Object.create(null);
      for (const { key, value } of node.entries) record[decodeText(key)] ??= plainValue(value);
      return record;
    }
    default:
      return node satisfies never;
  }
}

const NEEDS_ESCAPES = /["\\\u0000-\u001f]/;

function quote(text: ByteString): ByteString {
  if (!NEEDS_ESCAPES.test(text)) return `"${text}"`;
  let quoted = '"';
  for (let i = 0; i < text.length; ) {
    const size = sequenceLength(text, i);
    if (size < 0) {
      quoted += `\\x${hex(text.charCodeAt(i), 2)}`;
      i++;
    } else {
      quoted += quoteCharacter(decodeText(text.slice(i, i + size)));
      i += size;
    }
  }
  return `${quoted}"`;
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

function quoteCharacter(character: string): ByteString {
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  if (PRINTABLE.test(character)) return encodeText(character);
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

function textOf(value: JsonValue, depth: number): string | null {
  if (typeof value === "bigint") return String(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (depth === JSON_DEPTH_MAX) return null;
  const isArray = isList(value);
  const parts: string[] = [];
  for (const [key, item] of isArray ? value.map((one) => ["", one] as const) : Object.entries(value)) {
    const text = textOf(item, depth + 1);
    if (text === null) return null;
    parts.push(isArray ? text : `${JSON.stringify(key)}:${text}`);
  }
  return isArray ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function plainNumber(text: string): number | bigint {
  const number = Number(text);
  const exact = Number.isSafeInteger(number) || !/^-?[0-9]+$/.test(text);
  return exact ? number : BigInt(text);
}
