// SPDX-License-Identifier: Apache-2.0
import { type ByteString, encodeText } from "./bytes.ts";
import { Utf16Offsets } from "./rules-file-offsets.ts";
import type { SourceFile, Span } from "./source.ts";
import { lookup, type YamlMapping, type YamlMark, type YamlNode } from "./yaml-node.ts";
import { readYaml, type YamlContent } from "./yaml-reader.ts";

/** Longest rules file that is read, in UTF-16 units. The longest known one is a hundredth of it. */
export const RULES_FILE_LENGTH_MAX = 32 * 1024 * 1024;

/** What an item of a rules file may be. The first of these keys that it has decides. */
export const ITEM_KINDS = [
  "required_engine_version",
  "required_plugin_versions",
  "list",
  "macro",
  "rule",
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** An element of the top sequence of a document. */
export type RulesItem =
  | { readonly kind: ItemKind; readonly node: YamlMapping }
  /** A mapping without any key of ITEM_KINDS. */
  | { readonly kind: "unknown"; readonly node: YamlMapping }
  /** An element that is no mapping and not null either. */
  | { readonly kind: "misplaced"; readonly node: YamlNode };

export interface RulesDocument {
  readonly root: YamlNode;
  /** In file order, without null elements. Empty when the root is no sequence. */
  readonly items: readonly RulesItem[];
}

/** A rules file, read as YAML, with every place in it. */
export interface RulesFile {
  readonly source: SourceFile;
  /** The file's bytes without a byte order mark: byte offsets count in them. */
  readonly bytes: ByteString;
  /** Documents up to the first problem. */
  readonly documents: readonly RulesDocument[];
  /** Why the file cannot be read on as YAML; null when it can. */
  readonly problem: YamlContent["error"];
  /** Places of all comments that were read, from `#` to the end of the line. */
  readonly comments: readonly Span[];
  /** Texts in quotes that only the end of the file closed. */
  readonly unclosed: readonly YamlMark[];
  /** Where reading ended because of an empty document; null when nothing follows it. */
  readonly ignoredFrom: YamlMark | null;
  /** The half-open range of bytes as a range of the file's text. */
  span(start: number, end: number): Span;
}

/** Reads a rules file. Never throws: what is wrong with the file is in the result. */
export function readRulesFile(source: SourceFile): RulesFile {
  const markLength = source.text.startsWith("\ufeff") ? 1 : 0;
  const text = markLength > 0 ? source.text.slice(markLength) : source.text;
  const tooLong = text.length > RULES_FILE_LENGTH_MAX;
  const bytes = encodeText(tooLong ? "" : text);
  const content = tooLong ? TOO_LONG : readYaml(bytes);
  const offsets = bytes.length === text.length || tooLong ? null : new Utf16Offsets(text);
  const unitOf = (byte: number): number =>
    markLength + (offsets === null ? Math.min(byte, text.length) : offsets.unitOf(byte));
  const span = (start: number, end: number): Span => ({
    path: source.path,
    start: unitOf(start),
    end: unitOf(Math.max(start, end)),
  });
  return {
    source,
    bytes,
    documents: content.documents.map((root) => ({ root, items: itemsOf(root) })),
    problem: content.error,
    comments: ranges(content.comments, span),
    unclosed: content.unclosed,
    ignoredFrom: content.ignoredFrom,
    span,
  };
}

const TOO_LONG: YamlContent = {
  documents: [],
  error: {
    mark: { offset: 0, line: 0, column: 0 },
    message: `bad file: longer than ${RULES_FILE_LENGTH_MAX} characters`,
  },
  comments: [],
  unclosed: [],
  ignoredFrom: null,
};

function itemsOf(root: YamlNode): readonly RulesItem[] {
  if (root.kind !== "sequence") return [];
  return root.items.filter((node) => node.kind !== "null").map(itemOf);
}

function itemOf(node: YamlNode): RulesItem {
  if (node.kind !== "mapping") return { kind: "misplaced", node };
  const kind = ITEM_KINDS.find((key) => lookup(node, key) !== null) ?? "unknown";
  return { kind, node };
}

function ranges(offsets: readonly number[], span: (start: number, end: number) => Span): readonly Span[] {
  const spans: Span[] = [];
  for (let i = 0; i + 1 < offsets.length; i += 2) spans.push(span(offsets[i] ?? 0, offsets[i + 1] ?? 0));
  return spans;
}
