// SPDX-License-Identifier: Apache-2.0
import { type Fix, lookupEntry, type YamlEntry } from "@falcoc/parser";
import { type Item, spanOf } from "../items.ts";
import type { Improve } from "./improve.ts";

/** `append: true`, and `enabled` alone: both have a form with `override`. */
export const overrideFix: Improve = ({ span, hint }, { items }) => {
  const item = items.find((one) => {
    const own = spanOf(one, one.node);
    return own.path === span?.path && own.start <= span.start && span.start < own.end;
  });
  if (item === undefined) return null;
  const append = lookupEntry(item.node, "append");
  const fix = append === null ? switchFix(item) : appendFix(item, append);
  return fix === null ? null : { hint, fix };
};

const APPENDED: Readonly<Record<string, readonly string[]>> = {
  list: ["items"],
  macro: ["condition"],
  rule: ["condition", "exceptions"],
};

/** Only where the item has no further keys, which the old form ignores and the new one refuses. */
function appendFix(item: Item, append: YamlEntry): Fix | null {
  const keys = keysOf(item).filter((key) => !["append", "source", item.kind].includes(key));
  const appended = APPENDED[item.kind] ?? [];
  if (keys.length === 0 || keys.some((key) => !appended.includes(key))) return null;
  const { path, end } = spanOf(item, append.value);
  const span = { path, start: spanOf(item, append.key).start, end };
  const newText = `override: {${keys.map((key) => `${key}: append`).join(", ")}}`;
  return { title: 'Use "override"', safe: true, edits: [{ span, newText }] };
}

/** A rule with nothing but its name and whether it is enabled. */
function switchFix(item: Item): Fix | null {
  const enabled = lookupEntry(item.node, "enabled");
  if (item.kind !== "rule" || enabled === null || keysOf(item).length !== 2) return null;
  const { bytes } = item.file;
  const lineStart = bytes.lastIndexOf("\n", enabled.key.start - 1) + 1;
  const indent = " ".repeat(enabled.key.start - lineStart);
  const separator = bytes[item.node.start] === "{" ? ", " : `\n${indent}`;
  const { path, end } = spanOf(item, enabled.value);
  const edit = { span: { path, start: end, end }, newText: `${separator}override: {enabled: replace}` };
  return { title: 'Add "override"', safe: true, edits: [edit] };
}

function keysOf({ node }: Item): readonly string[] {
  return node.entries.flatMap(({ key }) => (key.kind === "scalar" ? [key.text] : []));
}
