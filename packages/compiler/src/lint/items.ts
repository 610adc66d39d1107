// SPDX-License-Identifier: Apache-2.0
import {
  decodeText,
  type ItemKind,
  lookup,
  lookupEntry,
  type RulesFile,
  type Span,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
} from "@falcoc/parser";

/** An item of a rules file as it was written, also where a later one has replaced what it defines. */
export interface Item {
  readonly file: RulesFile;
  readonly kind: ItemKind;
  readonly node: YamlMapping;
  /** Name of what it defines or changes; empty for requirements. */
  readonly name: string;
  /** Whether it changes what an earlier item has defined. */
  readonly changes: boolean;
}

export function itemsOf(files: readonly RulesFile[]): readonly Item[] {
  return files.flatMap((file) =>
    file.documents.flatMap(({ items }) =>
      items.flatMap((item): Item[] => {
        if (item.kind === "unknown" || item.kind === "misplaced") return [];
        const { kind, node } = item;
        return [{ file, kind, node, name: textOf(node, kind), changes: isChange(node) }];
      }),
    ),
  );
}

/** The text of a key; empty when it has none. */
export function textOf(node: YamlMapping, key: string): string {
  const scalar = scalarOf(node, key);
  return scalar === null ? "" : decodeText(scalar.text);
}

export function scalarOf(node: YamlMapping, key: string): YamlScalar | null {
  const value = lookup(node, key);
  return value?.kind === "scalar" ? value : null;
}

/** The scalars of a sequence; none when it is no sequence. */
export function scalarsOf(node: YamlMapping, key: string): readonly YamlScalar[] {
  return elementsOf(node, key).filter((element) => element.kind === "scalar");
}

export function elementsOf(node: YamlMapping, key: string): readonly YamlNode[] {
  const value = lookup(node, key);
  return value?.kind === "sequence" ? value.items : [];
}

export function spanOf({ file }: Item, node: YamlNode): Span {
  return file.span(node.start, node.end);
}

/** Where a key is written; where the item is, when it has no such key. */
export function spanOfKey(item: Item, key: string): Span {
  return spanOf(item, lookupEntry(item.node, key)?.key ?? item.node);
}

/** Where the name of what the item defines is written. */
export function spanOfItemName(item: Item): Span {
  return spanOf(item, lookup(item.node, item.kind) ?? item.node);
}

/** `rule "Shell in container"`. */
export function itemTitle({ kind, name }: Item): string {
  return name === "" ? `"${kind}"` : `${kind} "${name}"`;
}

function isChange(node: YamlMapping): boolean {
  return lookup(node, "override") !== null || /^(y|yes|true|on)$/i.test(textOf(node, "append"));
}
