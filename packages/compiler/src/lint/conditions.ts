// SPDX-License-Identifier: Apache-2.0
import {
  type AnyNode,
  type BinaryCheck,
  type Condition,
  decodeText,
  type ExistsCheck,
  type Span,
  visitCondition,
} from "@falcoc/parser";
import type { LoadedRules } from "../compile.ts";
import type { MacroEntry, RuleEntry } from "../load/collection.ts";
import { type MappedText, spanOfText } from "../load/mapped-text.ts";

/** The condition of a rule or a macro as people wrote it: with names of lists and macros, without exceptions. */
export interface OwnCondition {
  readonly kind: "rule" | "macro";
  readonly name: string;
  readonly entry: RuleEntry | MacroEntry;
  /** Sources of the events that it may be tested on, the likeliest first. */
  readonly sources: readonly string[];
  readonly text: MappedText;
  readonly root: Condition;
}

export interface OwnCheck {
  readonly condition: OwnCondition;
  readonly check: BinaryCheck | ExistsCheck;
}

/** Conditions of all rules and macros that are defined in the end, in the order of their first definitions. */
export function ownConditions({ collection, session }: LoadedRules): readonly OwnCondition[] {
  const { sources: all } = session.catalog;
  const parsed = (
    kind: OwnCondition["kind"],
    entry: RuleEntry | MacroEntry,
    sources: readonly string[],
  ): OwnCondition[] => {
    const { condition: text } = entry;
    const result = session.parse(text.text);
    if (!result.ok) return [];
    return [{ kind, name: decodeText(entry.name), entry, sources, text, root: result.condition }];
  };
  return [
    ...[...collection.macros.values()].flatMap((macro) => parsed("macro", macro, all)),
    ...[...collection.rules.values()].flatMap((rule) => parsed("rule", rule, [decodeText(rule.source)])),
  ];
}

/** All checks of the conditions, in the order of the texts. */
export function ownChecks(conditions: readonly OwnCondition[]): readonly OwnCheck[] {
  const checks: OwnCheck[] = [];
  for (const condition of conditions) {
    const add = (check: BinaryCheck | ExistsCheck): false => {
      checks.push({ condition, check });
      return false;
    };
    visitCondition(condition.root, { check: add, exists: add });
  }
  return checks;
}

/** Where a part of a condition is written; null when that is nowhere. */
export function spanOfNode({ text }: OwnCondition, { start, end }: AnyNode): Span | null {
  return spanOfText(text, start, end);
}

/** The empty range before a byte of a text, or behind the last one before `offset`. */
export function placeBefore(text: MappedText, offset: number): Span | null {
  return spanOfText(text, offset, offset);
}

export function placeBehind(text: MappedText, offset: number): Span | null {
  const last = spanOfText(text, offset - 1, offset);
  return last === null ? null : { ...last, start: last.end };
}

/** Longest part of a condition that messages show, in characters. */
const SHOWN_MAX = 60;

/** A part of a condition as it is written, on one line. */
export function shownText({ text }: OwnCondition, { start, end }: AnyNode, max = SHOWN_MAX): string {
  const shown = decodeText(text.text.slice(start, end)).replace(/\s+/g, " ").trim();
  return shown.length > max ? `${shown.slice(0, max)}…` : shown;
}

/** `rule "Shell in container"`. */
export function conditionTitle({ kind, name }: OwnCondition): string {
  return `${kind} "${name}"`;
}
