// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";

/** A place in a file as the engine counts it: everything from 0, offset and column in bytes, after a byte order mark. */
export interface YamlMark {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/**
 * A node of a YAML document, with the place that the engine records for it. An alias is the very node that its
 * anchor names, so one node can stand in several places; trees never contain themselves.
 */
export type YamlNode = YamlScalar | YamlNull | YamlSequence | YamlMapping;

interface Node {
  readonly mark: YamlMark;
  /** Half-open byte offsets of the node's own text. Empty for a value that is not there. */
  readonly start: number;
  readonly end: number;
}

export interface YamlScalar extends Node {
  readonly kind: "scalar";
  readonly text: ByteString;
  /** True for a scalar without quotes and block indicator. */
  readonly plain: boolean;
  /**
   * Where each byte of `text` was written: pairs of an offset in `text` and a byte offset in the file, ascending;
   * a pair holds for all bytes up to the next pair. A byte that a line break or an escape stands for has its place.
   */
  readonly pieces: readonly number[];
}

/** A missing value, or a plain `~`, `null`, `Null`, `NULL`. */
export interface YamlNull extends Node {
  readonly kind: "null";
}

export interface YamlSequence extends Node {
  readonly kind: "sequence";
  readonly items: readonly YamlNode[];
}

export interface YamlMapping extends Node {
  readonly kind: "mapping";
  /** In file order; repeated keys are all here, and the first one counts. */
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** The value of the first entry with this key; null when there is none. */
export function lookup(mapping: YamlMapping, key: string): YamlNode | null {
  return lookupEntry(mapping, key)?.value ?? null;
}

/** The first entry with this key; null when there is none. */
export function lookupEntry(mapping: YamlMapping, key: string): YamlEntry | null {
  return mapping.entries.find((entry) => entry.key.kind === "scalar" && entry.key.text === key) ?? null;
}
