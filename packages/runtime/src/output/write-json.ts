// SPDX-License-Identifier: Apache-2.0
import { encodeText } from "@falcoc/compiler/program";
import { doubleJson } from "./double-text.ts";
import type { OutputFields, OutputFieldValue } from "./output-field.ts";

/** A value, or an object of values, or such an object inside one. */
export type JsonTree = OutputFieldValue | { readonly [key: string]: JsonTree | undefined };

/**
 * One line of JSON as the engine writes it: no blanks, keys in the order of their bytes, text beyond ASCII as it is,
 * integers with all digits. Keys whose value is undefined are left out.
 */
export function writeJson(value: JsonTree): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "boolean":
    case "bigint":
      return String(value);
    case "number":
      return doubleJson(value);
    case "string":
      return `"${escapeJson(value)}"`;
    default:
      return isList(value) ? `[${value.map(writeJson).join(",")}]` : writeObject(value);
  }
}

/** The fields of a template as JSON; `null` when there are none. */
export function writeFields(fields: OutputFields): string {
  return Object.keys(fields).length === 0 ? "null" : writeJson(fields);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** What stands between the quotes of a JSON string. */
export function escapeJson(text: string): string {
  return text.replace(
    /["\\\u0000-\u001f]/g,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function writeObject(object: { readonly [key: string]: JsonTree | undefined }): string {
  const members = Object.entries(object)
    .flatMap(([key, value]) => (value === undefined ? [] : [{ key, bytes: encodeText(key), value }]))
    .sort((a, b) => (a.bytes < b.bytes ? -1 : 1));
  return `{${members.map(({ key, value }) => `"${escapeJson(key)}":${writeJson(value)}`).join(",")}}`;
}

function isList(value: object): value is readonly OutputFieldValue[] {
  return Array.isArray(value);
}
