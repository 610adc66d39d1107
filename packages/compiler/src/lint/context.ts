// SPDX-License-Identifier: Apache-2.0
import { type ByteString, type Condition, type Field, type RulesFile, visitCondition } from "@falcoc/parser";
import type { FieldCatalog, FieldDefinition, ResolvedField } from "../catalog/types.ts";
import { fieldText } from "../check/check-operand.ts";
import type { CompileResult } from "../compile.ts";
import type { Collection } from "../load/collection.ts";
import type { CompiledRule } from "../load/compiled-rule.ts";
import { type OwnCheck, type OwnCondition, ownChecks, ownConditions } from "./conditions.ts";
import { type IgnoreComment, ignoreComments } from "./ignore.ts";
import { type Item, itemsOf } from "./items.ts";
import { Meaning } from "./meaning.ts";
import type { RunEvent } from "./witness.ts";

export interface LintCodes {
  readonly known: ReadonlySet<string>;
  readonly searched: ReadonlySet<string>;
}

/** What lint rules look at. Everything is made once, and the costly parts only when a rule asks for them. */
export class LintContext {
  readonly files: readonly RulesFile[];
  readonly collection: Collection;
  readonly catalog: FieldCatalog;
  readonly compiled: CompileResult;
  /** Codes of all findings that there are, and of those that are looked for now. */
  readonly knownCodes: ReadonlySet<string>;
  readonly searchedCodes: ReadonlySet<string>;
  readonly #run: RunEvent | null;
  readonly #fields = new Map<string, ResolvedField | null>();
  readonly #macrosOf = new WeakMap<CompiledRule, ReadonlySet<ByteString>>();
  /** Comments that silenced findings, and which codes; known once all other rules have been run. */
  usedIgnores: ReadonlyMap<IgnoreComment, ReadonlySet<string>> = new Map();
  #items: readonly Item[] | null = null;
  #ignoreComments: readonly IgnoreComment[] | null = null;
  #conditions: readonly OwnCondition[] | null = null;
  #checks: readonly OwnCheck[] | null = null;
  #meaning: Meaning | null = null;

  constructor(compiled: CompileResult, run: RunEvent | null, codes: LintCodes) {
    this.knownCodes = codes.known;
    this.searchedCodes = codes.searched;
    this.compiled = compiled;
    this.files = compiled.loaded.files;
    this.collection = compiled.loaded.collection;
    this.catalog = compiled.loaded.session.catalog;
    this.#run = run;
  }

  /** Items of all files, in order. */
  get items(): readonly Item[] {
    this.#items ??= itemsOf(this.files);
    return this.#items;
  }

  get ignoreComments(): readonly IgnoreComment[] {
    this.#ignoreComments ??= ignoreComments(this.files, this.items);
    return this.#ignoreComments;
  }

  get conditions(): readonly OwnCondition[] {
    this.#conditions ??= ownConditions(this.compiled.loaded);
    return this.#conditions;
  }

  /** Checks of all conditions, as they were written. */
  get checks(): readonly OwnCheck[] {
    this.#checks ??= ownChecks(this.conditions);
    return this.#checks;
  }

  /** What the conditions mean; null when nothing can be claimed about it: some file does not load, or no event can be run. */
  get meaning(): Meaning | null {
    if (this.#run === null) return null;
    this.#meaning ??= new Meaning(this.compiled, this.conditions, this.#run);
    return this.#meaning;
  }

  /** Names of all macros whose conditions are part of a rule's. */
  macrosOf(rule: CompiledRule): ReadonlySet<ByteString> {
    const known = this.#macrosOf.get(rule);
    if (known !== undefined) return known;
    const macros = this.compiled.loaded.active?.macros;
    const found = new Set<ByteString>();
    const open = rule.written.parsed === null ? [] : macroNames(rule.written.parsed);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      const parsed = macros?.get(name)?.parsed;
      if (parsed) open.push(...macroNames(parsed));
    }
    this.#macrosOf.set(rule, found);
    return found;
  }

  /** The field that a reference in a condition means; null when there is none. */
  field({ sources }: OwnCondition, reference: Field): ResolvedField | null {
    const text = fieldText(reference);
    const key = `${sources.join(" ")} ${text}`;
    const known = this.#fields.get(key);
    if (known !== undefined) return known;
    const found = sources.map((source) => this.catalog.resolve(text, source)).find((lookup) => lookup.ok);
    const field = found?.ok ? found.field : null;
    this.#fields.set(key, field);
    return field;
  }

  /** Names of all fields, of any source, that are as asked for. */
  fieldNames(is: (field: FieldDefinition) => boolean): ReadonlySet<string> {
    return new Set(
      this.catalog
        .fields(null)
        .filter(is)
        .map(({ name }) => name),
    );
  }
}

function macroNames(condition: Condition): ByteString[] {
  const names: ByteString[] = [];
  visitCondition(condition, {
    macro: ({ name }) => {
      names.push(name);
      return undefined;
    },
  });
  return names;
}
