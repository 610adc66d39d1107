// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import type { PrintFormat, ValueType } from "../catalog/types.ts";
import { asciiLower, asciiUpper } from "./ascii.ts";
import { decodeBase64 } from "./base64.ts";
import { scanOptions, selectOption } from "./getopt.ts";
import { printInteger } from "./print-integer.ts";
import type { FieldValue, ScalarValue, TransformName } from "./program.ts";

type Value = FieldValue | null;

/** Lower case of a text or of each text of a list, ASCII letters only. */
export function tolower(value: Value): Value {
  return mapTexts(value, asciiLower);
}

export function toupper(value: Value): Value {
  return mapTexts(value, asciiUpper);
}

/** What follows the last `/`; empty when the text ends in one. */
export function basename(value: Value): Value {
  return mapTexts(value, (text) => text.slice(text.lastIndexOf("/") + 1));
}

/** Decoded base64; null when the text, or one of a list, is malformed. Decoded text ends at its first NUL. */
export function b64(value: Value, isText: boolean): Value {
  return mapTexts(value, (text) => {
    const bytes = decodeBase64(text);
    if (bytes === null || !isText) return bytes;
    const nul = bytes.indexOf("\0");
    return nul < 0 ? bytes : bytes.slice(0, nul);
  });
}

/** Bytes of a text or buffer, elements of a list. */
export function len(value: Value): number | null {
  return typeof value === "string" || Array.isArray(value) ? value.length : null;
}

/** Elements of a list with a separator between them; null when either is missing. */
export function join(separator: Value, list: Value): Value {
  if (typeof separator !== "string" || !isList(list)) return null;
  return list.join(separator);
}

/** All texts in a row; null when one is missing. */
export function concat(...parts: readonly Value[]): Value {
  return parts.includes(null) ? null : parts.join("");
}

/** Short options of an argument list (see `scanOptions`, `selectOption`); null when an argument is missing. */
export function getopt(args: Value, options: Value, selector: ByteString | null): Value {
  if (!isList(args) || typeof options !== "string") return null;
  const texts = args as readonly ByteString[];
  return selector === null ? scanOptions(texts, options) : selectOption(texts, options, selector);
}

/** One list of single values and of the elements of lists; null when one is missing. */
export function list(...items: readonly Value[]): Value {
  return items.includes(null) ? null : (items as readonly FieldValue[]).flat();
}

/** Text of a value as `join` shows it: integers in their print format. */
export function print(value: Value, format: PrintFormat): Value {
  if (value === null || typeof value === "string") return value;
  if (isList(value)) return value.map((item) => printScalar(item, format));
  return printScalar(value, format);
}

/** How a transformer is called: the value of an output that is one has this shape. */
export interface TransformCall {
  readonly name: TransformName;
  /** The letter of `getopt(…)[c]`; null without. */
  readonly selector: ByteString | null;
  readonly type: ValueType;
  readonly print: PrintFormat;
}

/** Applies a transformer to the values of its arguments; null when it gives no value. */
export function applyTransform(call: TransformCall, args: readonly Value[]): Value {
  const [first = null, second = null] = args;
  switch (call.name) {
    case "tolower":
      return tolower(first);
    case "toupper":
      return toupper(first);
    case "basename":
      return basename(first);
    case "b64":
      return b64(first, call.type !== "BYTEBUF");
    case "len":
      return len(first);
    case "join":
      return join(first, second);
    case "concat":
      return concat(...args);
    case "getopt":
      return getopt(first, second, call.selector);
    case "print":
      return print(first, call.print);
    default:
      return call.name satisfies never;
  }
}

function isList(value: Value): value is readonly ScalarValue[] {
  return Array.isArray(value);
}

function mapTexts(value: Value, change: (text: ByteString) => ByteString | null): Value {
  if (typeof value === "string") return change(value);
  if (!isList(value)) return null;
  const changed: ScalarValue[] = [];
  for (const item of value) {
    const text = typeof item === "string" ? change(item) : null;
    if (text === null) return null;
    changed.push(text);
  }
  return changed;
}

function printScalar(value: ScalarValue, format: PrintFormat): ByteString {
  return typeof value === "number" || typeof value === "bigint" ? printInteger(value, format) : String(value);
}
