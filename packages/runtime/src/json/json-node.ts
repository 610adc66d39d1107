// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/**
 * JSON as it was written: keys in order, duplicates kept, numbers by their digits. `start` and `end` are a
 * half-open range of byte offsets into the text that was parsed.
 */
export type JsonNode = JsonNull | JsonBoolean | JsonNumber | JsonString | JsonArray | JsonObject;

interface Place {
  readonly start: number;
  readonly end: number;
}

export interface JsonNull extends Place {
  readonly kind: "null";
}

export interface JsonBoolean extends Place {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface JsonNumber extends Place {
  readonly kind: "number";
  /** As written: `1.50`, `18446744073709551615`. */
  readonly text: string;
}

export interface JsonString extends Place {
  readonly kind: "string";
  readonly value: ByteString;
}

export interface JsonArray extends Place {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}

export interface JsonObject extends Place {
  readonly kind: "object";
  readonly entries: readonly JsonEntry[];
}

export interface JsonEntry {
  readonly key: ByteString;
  readonly value: JsonNode;
}

/** JSON as the values of this language. Integers beyond 2^53 are bigints. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

const INDEX = /^[+-]?[0-9]{1,15}$/;

/**
 * Value at the end of a path of keys; null where a step is missing. A key that is a number selects from an array.
 * Of duplicate keys the first counts.
 */
export function at(node: JsonNode | null, ...path: readonly ByteString[]): JsonNode | null {
  let current = node;
  for (const key of path) {
    if (current === null) return null;
    current = child(current, key);
  }
  return current;
}

function child(node: JsonNode, key: ByteString): JsonNode | null {
  if (node.kind === "object") return node.entries.find((entry) => entry.key === key)?.value ?? null;
  if (node.kind !== "array" || !INDEX.test(key)) return null;
  return node.items[Number(key)] ?? null;
}

/** Text at a path; null when there is none or it is not a text. */
export function textAt(node: JsonNode | null, ...path: readonly ByteString[]): ByteString | null {
  const found = at(node, ...path);
  return found?.kind === "string" ? found.value : null;
}

/** Items of the array at a path; null when there is none. */
export function itemsAt(node: JsonNode | null, ...path: readonly ByteString[]): readonly JsonNode[] | null {
  const found = at(node, ...path);
  return found?.kind === "array" ? found.items : null;
}
