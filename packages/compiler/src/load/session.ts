// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  type Condition,
  type ParseResult,
  parseCondition,
  parseTemplate,
  type TemplateResult,
} from "@falcoc/parser";
import { type EventTypeInference, inferEventTypes, type KnownEventTypes } from "../analyse/event-types.ts";
import type { Target } from "../catalog/index.ts";
import type { FieldCatalog } from "../catalog/types.ts";
import { type CheckedCondition, type CheckedLeaves, checkCondition } from "../check/check-condition.ts";
import { resolvesInOutput } from "../check/check-template.ts";
import { type FieldWarnings, fieldWarnings } from "./deprecated-fields.ts";
import { type ExpandedMacros, expandMacros, type MacroTarget } from "./expand-macros.ts";
import type { MappedText } from "./mapped-text.ts";
import { Measures } from "./measure.ts";
import { wordsIn } from "./words.ts";

/**
 * What has been found out about texts and conditions during one compilation. Every file that is loaded compiles all
 * that was collected before once more; what has not changed is looked up here.
 */
export class Session {
  readonly catalog: FieldCatalog;
  /** The version whose language is meant. */
  readonly target: Target;
  readonly measures = new Measures();
  readonly #parsed = new Map<ByteString, ParseResult>();
  readonly #templates = new Map<string, TemplateResult>();
  readonly #checked = new Map<string, CheckedOfSource>();
  readonly #expanded = new WeakMap<Condition, Expansion>();
  readonly #words = new WeakMap<MappedText, readonly ByteString[]>();
  readonly #fieldWarnings = new WeakMap<Condition, FieldWarnings>();
  readonly #eventTypes = new WeakMap<Condition, EventTypeInference>();
  readonly #typesOfParts: KnownEventTypes = new WeakMap();

  constructor(catalog: FieldCatalog, target: Target) {
    this.catalog = catalog;
    this.target = target;
  }

  /** Puts macros in, unless that has been done before with the same macros. */
  expand(parsed: Condition, find: (name: ByteString) => MacroTarget | null): ExpandedMacros {
    const known = this.#expanded.get(parsed);
    const isSame = ([name, condition]: [ByteString, Condition | null | undefined]): boolean =>
      find(name)?.condition === condition;
    if (known !== undefined && [...known.found].every(isSame)) return known.result;
    const found = new Map<ByteString, Condition | null | undefined>();
    const result = expandMacros(parsed, (name) => {
      const target = find(name);
      found.set(name, target?.condition);
      return target;
    });
    this.#expanded.set(parsed, { found, result });
    return result;
  }

  parse(text: ByteString): ParseResult {
    return remember(this.#parsed, text, () => parseCondition(text));
  }

  template(text: ByteString, source: string): TemplateResult {
    const context = { catalog: this.catalog, source };
    return remember(this.#templates, `${source}\n${text}`, () =>
      parseTemplate(text, (value) => resolvesInOutput(value, context)),
    );
  }

  check(condition: Condition, source: string): CheckedCondition {
    const { conditions, leaves } = remember(this.#checked, source, () => ({
      conditions: new WeakMap(),
      leaves: new WeakMap(),
    }));
    return remember(conditions, condition, () =>
      checkCondition(condition, { catalog: this.catalog, source }, leaves),
    );
  }

  words(text: MappedText): readonly ByteString[] {
    return remember(this.#words, text, () => wordsIn(text.text));
  }

  fieldWarnings(condition: Condition): FieldWarnings {
    return remember(this.#fieldWarnings, condition, () => fieldWarnings(condition));
  }

  eventTypes(condition: Condition): EventTypeInference {
    return remember(this.#eventTypes, condition, () => inferEventTypes(condition, this.#typesOfParts));
  }
}

/** What has been found out about conditions of one event source, and about the checks that they share. */
interface CheckedOfSource {
  readonly conditions: WeakMap<Condition, CheckedCondition>;
  readonly leaves: CheckedLeaves;
}

interface Expansion {
  /** What each name stood for; undefined where there was no such macro. */
  readonly found: ReadonlyMap<ByteString, Condition | null | undefined>;
  readonly result: ExpandedMacros;
}

interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function remember<K, V>(memory: Memory<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
