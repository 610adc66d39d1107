// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import type { Collection, ListEntry } from "./collection.ts";
import { joinTexts, type MappedText, type TextParts } from "./mapped-text.ts";
import { wordsIn } from "./words.ts";

/** A list with the items that take the place of its name. */
export interface CompiledList {
  readonly name: ByteString;
  readonly entry: ListEntry;
  readonly items: readonly ByteString[];
  /** Lists whose items are among these. */
  readonly lists: readonly ByteString[];
  /** The items as they stand in a condition. */
  readonly insertion: MappedText;
  /** Words of the insertion, which may name further lists. */
  readonly words: readonly ByteString[];
}

/**
 * Compiles the lists of a collection: an item that names a list defined before the latest change of this one is
 * replaced by that list's own items, one level deep (spec 3.5).
 */
export function compileLists({ lists }: Collection): readonly CompiledList[] {
  return [...lists.values()].map((entry) => compileList(entry, lists));
}

function compileList(entry: ListEntry, lists: ReadonlyMap<ByteString, ListEntry>): CompiledList {
  const items: MappedText[] = [];
  const referenced: ByteString[] = [];
  for (const item of entry.items) {
    const list = lists.get(item.text);
    if (list !== undefined && list.index < entry.visibility) {
      referenced.push(list.name);
      for (const inner of list.items) items.push(inner);
    } else items.push(item);
  }
  const insertion = joinTexts(listed(items));
  return {
    name: entry.name,
    entry,
    items: items.map(({ text }) => text),
    lists: [...new Set(referenced)].sort(),
    insertion,
    words: wordsIn(insertion.text),
  };
}

/** Items as they stand in a list, with commas between them; but none behind empty ones at the start. */
export function listed(items: readonly MappedText[]): TextParts {
  const first = items.findIndex(({ text }) => text !== "");
  return items.flatMap((item, i) => (i <= first || first < 0 ? [quote(item)] : [", ", quote(item)]));
}

/** An item with a space is put in double quotes unless it begins with a quote; nothing in it is escaped. */
export function quote(item: MappedText): MappedText {
  const { text } = item;
  if (!text.includes(" ") || text.startsWith('"') || text.startsWith("'")) return item;
  return joinTexts(['"', item, '"']);
}
