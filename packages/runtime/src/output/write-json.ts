// SPDX-License-Identifier: Apache-2.0
import { type ByteString, encodeText } from "@falcoc/compiler/program";
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
      return quoted(value);
    default:
      return isList(value) ? `[${value.map(writeJson).join(",")}]` : writeObject(value);
  }
}

/** The fields of a template as JSON; `null` when there are none. */
export function writeFields(fields: OutputFields): string {
  return Object.keys(fields).length === 0 ? "null" : writeJson(fields);
}

/** What is not written as it is in JSON. Few texts have any of it. */
const ESCAPED = /["\\\u0000-\u001f]/;

/** What stands between the quotes of a JSON string. */
export function escapeJson(text: string): string {
  return quoted(text).slice(1, -1);
}

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function writeObject(
  object: { readonly [key: string]: JsonTree | undefined },
  keys: string[] = Object.keys(object),
): string {
  let members = "";
  let last = "";
  for (const key of keys) {
    const { bytes, before } = knownKey(key);
    // Most objects have their keys in order.
    if (bytes < last) return writeObject(object, keys.sort(compareKeys));
    last = bytes;
    const value = object[key];
    if (value !== undefined) members += (members === "" ? "" : ",") + before + writeJson(value);
  }
  return `{${members}}`;
}

/** By their bytes. */
export function compareKeys(a: string, b: string): number {
  return knownKey(a).bytes < knownKey(b).bytes ? -1 : 1;
}

interface Key {
  /** What keys are ordered by. */
  readonly bytes: ByteString;
  /** What stands before a value in JSON. */
  readonly before: string;
}

/** Most keys that are remembered: they are names of fields, and the same in all alerts. */
const KEYS_MAX = 4096;
const knownKeys = new Map<string, Key>();

function knownKey(key: string): Key {
  let known = knownKeys.get(key);
  if (known === undefined) {
    if (knownKeys.size >= KEYS_MAX) knownKeys.clear();
    known = { bytes: encodeText(key), before: `${quoted(key)}:` };
    knownKeys.set(key, known);
  }
  return known;
}

function isList(value: object): value is readonly OutputFieldValue[] {
  return Array.isArray(value);
}
