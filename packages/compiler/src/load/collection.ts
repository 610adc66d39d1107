// SPDX-License-Identifier: Apache-2.0
import type { ByteString, Span } from "@falcoc/parser";
import type { Priority } from "../program/program.ts";
import type { Context } from "./context.ts";
import type { MappedText } from "./mapped-text.ts";
import type { PluginRequirement } from "./plugin-requirements.ts";

/**
 * What the files read so far define; it outlives a single file (spec 3.2). Names are in the order of their first
 * definition. Entries are immutable: a change puts a new entry in the place of the old one.
 */
export interface Collection {
  readonly lists: Map<ByteString, ListEntry>;
  readonly macros: Map<ByteString, MacroEntry>;
  readonly rules: Map<ByteString, RuleEntry>;
  /** Greatest version that any file required, as `x.y.z`. */
  requiredEngineVersion: string;
  readonly requiredPlugins: PluginRequirement[];
  /** Running number of definitions and changes. */
  counter: number;
}

interface Entry {
  readonly name: ByteString;
  /** The item that defined it last, as the engine reports it. */
  readonly context: Context;
  /** Where its name is written. */
  readonly nameSpan: Span;
  /** Running number of the first definition. */
  readonly index: number;
  /** Running number of the latest change: what was defined before it can be seen. */
  readonly visibility: number;
}

export interface ListEntry extends Entry {
  readonly items: readonly MappedText[];
}

export interface MacroEntry extends Entry {
  readonly condition: MappedText;
  readonly conditionContext: Context;
}

export interface RuleEntry extends Entry, RuleContent {
  readonly conditionContext: Context;
  readonly outputContext: Context;
  /** No loaded source has the name: the rule is kept, but never compiled. */
  readonly unknownSource: boolean;
}

/** What a rule says. */
export interface RuleContent {
  readonly condition: MappedText;
  readonly output: MappedText;
  readonly description: ByteString;
  readonly priority: Priority;
  readonly source: ByteString;
  /** Sorted, without repetitions. */
  readonly tags: readonly ByteString[];
  readonly exceptions: readonly ExceptionEntry[];
  readonly enabled: boolean;
  readonly capture: boolean;
  readonly captureDurationMs: number;
  readonly warnEventTypes: boolean;
  readonly skipIfUnknownFilter: boolean;
}

export interface ExceptionEntry {
  readonly name: ByteString;
  readonly context: Context;
  readonly fields: ExceptionPart | null;
  readonly comps: ExceptionPart | null;
  readonly values: readonly ExceptionPart[];
}

/** A text, or a list of such parts. Null and mappings are empty texts. */
export type ExceptionPart =
  | { readonly kind: "text"; readonly text: MappedText }
  | { readonly kind: "list"; readonly parts: readonly ExceptionPart[] };

export function emptyCollection(): Collection {
  return {
    lists: new Map(),
    macros: new Map(),
    rules: new Map(),
    requiredEngineVersion: "0.0.0",
    requiredPlugins: [],
    counter: 0,
  };
}

/** A collection that can be changed without changing this one. */
export function copyCollection(collection: Collection): Collection {
  return {
    ...collection,
    lists: new Map(collection.lists),
    macros: new Map(collection.macros),
    rules: new Map(collection.rules),
    requiredPlugins: [...collection.requiredPlugins],
  };
}

/** Adds a definition, or replaces an earlier one of the same name in its place. */
export function define<T extends Entry>(
  collection: Collection,
  entries: Map<ByteString, T>,
  content: Omit<T, "index" | "visibility">,
): void {
  const visibility = collection.counter++;
  const index = entries.get(content.name)?.index ?? visibility;
  entries.set(content.name, { ...content, index, visibility } as T);
}

/** Changes an existing definition. */
export function update<T extends Entry>(
  collection: Collection,
  entries: Map<ByteString, T>,
  entry: T,
  changes: Partial<T>,
): void {
  entries.set(entry.name, { ...entry, ...changes, visibility: collection.counter++ });
}
