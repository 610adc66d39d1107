// SPDX-License-Identifier: Apache-2.0
import type { ByteString, Condition, MacroReference } from "@falcoc/parser";
import { missingFeatures } from "../check/missing-features.ts";
import type { Collection, MacroEntry } from "./collection.ts";
import { type Context, expressionContext, nameOf, quoted } from "./context.ts";
import type { ExpandedMacros, MacroTarget } from "./expand-macros.ts";
import type { Findings } from "./findings.ts";
import { hintForName, hintForVersion, wordsForMissing } from "./hints.ts";
import { CONDITION_DEPTH_MAX, CONDITION_NODES_MAX, TEXT_BYTES_MAX } from "./limits.ts";
import { type MappedText, spanOfText } from "./mapped-text.ts";
import { once } from "./once.ts";
import { type Leaves, leavesOf, type WrittenCondition } from "./origins.ts";
import type { Session } from "./session.ts";
import type { ListSubstitution, SubstitutedText } from "./substitute-lists.ts";
import { syntaxHint, syntaxWords } from "./syntax-words.ts";

export interface CompiledMacro extends WrittenCondition {
  readonly entry: MacroEntry;
  /** With its own macros put in; null before that, and when it failed. */
  readonly condition: Condition | null;
  readonly failed: boolean;
  /** Macros whose conditions are part of it. */
  readonly macros: ReadonlySet<ByteString>;
}

export type CompiledMacros = ReadonlyMap<ByteString, CompiledMacro>;

/** Names of the lists and macros that something refers to. */
export interface Usage {
  readonly lists: Set<ByteString>;
  readonly macros: Set<ByteString>;
}

/** Parses all macros, then puts each one's macros in: it sees those defined before its latest change (spec 3.7). */
export function compileMacros(
  collection: Collection,
  lists: ListSubstitution,
  session: Session,
  usage: Usage,
  findings: Findings,
): CompiledMacros {
  const macros = new Map<ByteString, CompiledMacro>();
  for (const entry of collection.macros.values()) {
    const written = parseText(entry.condition, entry.conditionContext, lists, session, usage, findings);
    const failed = written.parsed === null;
    macros.set(entry.name, { ...written, entry, condition: null, failed, macros: new Set() });
  }
  for (const macro of macros.values()) {
    if (macro.parsed === null) continue;
    const { entry, parsed } = macro;
    const expanded = session.expand(parsed, (name) => targetOf(macros.get(name), entry.visibility));
    for (const name of expanded.used) usage.macros.add(name);
    const place: ConditionPlace = {
      context: entry.context,
      shown: entry.condition.text,
      written: macro,
      macros,
      leaves: once(() => leavesOf(macro, macros)),
    };
    const failed = reportExpansion(expanded, place, session, findings);
    const condition = failed ? null : expanded.condition;
    macros.set(entry.name, { ...macro, condition, failed, macros: expanded.used });
  }
  return macros;
}

/** A macro as one sees it that was last changed at a running number; null when it is defined later, or nowhere. */
export function targetOf(macro: CompiledMacro | undefined, visibility: number): MacroTarget | null {
  if (macro === undefined || macro.entry.index >= visibility) return null;
  const { condition, parsed, failed } = macro;
  return { condition: failed ? null : (condition ?? parsed), expanded: condition !== null };
}

/** Puts lists into a text and parses it; reports a syntax error. */
export function parseText(
  source: MappedText,
  context: Context,
  lists: ListSubstitution,
  session: Session,
  usage: Usage,
  findings: Findings,
): WrittenCondition {
  const text = lists.apply(source);
  for (const name of text.used) usage.lists.add(name);
  if (text.overflows) {
    const message = `the condition of ${nameOf(context)} has more than ${TEXT_BYTES_MAX} bytes once its lists are put in`;
    const span = spanOfText(source, 0, source.text.length);
    findings.error("LOAD_ERR_COMPILE_CONDITION", context, "condition too large", { message, span });
    return { text, parsed: null };
  }
  const result = session.parse(text.text);
  if (result.ok) {
    const missing = reportMissing(result.condition, text, context, session, findings);
    return { text, parsed: missing ? null : result.condition };
  }
  const { message, offset } = result.error;
  findings.error(
    "LOAD_ERR_COMPILE_CONDITION",
    expressionContext(context, text.text, text.lines(), offset),
    message,
    {
      message: `the condition of ${nameOf(context)} does not parse: ${syntaxWords(result.error)}`,
      span: spanOfText(text.mapped(), offset, offset + 1),
      hint: syntaxHint(text.text, result.error),
    },
  );
  return { text, parsed: null };
}

/** Reports what the version to compile for lacks: there such a condition does not parse. True when there is anything. */
function reportMissing(
  condition: Condition,
  text: SubstitutedText,
  context: Context,
  { target }: Session,
  findings: Findings,
): boolean {
  const missing = missingFeatures(target, text.text, condition);
  for (const feature of missing) {
    const message = `the condition of ${nameOf(context)} uses ${wordsForMissing(feature, target)}`;
    const place = expressionContext(context, text.text, text.lines(), feature.start);
    findings.error("LOAD_ERR_COMPILE_CONDITION", place, message, {
      message,
      span: spanOfText(text.mapped(), feature.start, feature.end),
      hint: hintForVersion(feature),
    });
  }
  return missing.length > 0;
}

/** What reports about a condition need. */
export interface ConditionPlace {
  readonly context: Context;
  /** The text that the engine shows: without lists put in. */
  readonly shown: ByteString;
  readonly written: WrittenCondition;
  readonly macros: CompiledMacros;
  leaves(): Leaves;
}

/** Reports macros that are missing, refer to themselves or get too large; true when there are any. */
export function reportExpansion(
  expanded: ExpandedMacros,
  place: ConditionPlace,
  session: Session,
  findings: Findings,
): boolean {
  for (const reference of expanded.loops) {
    report(place, reference, findings, `reference loop in macro '${reference.name}'`, {
      message: `macro ${quoted(reference.name)} refers to itself`,
    });
  }
  for (const reference of expanded.unknown) {
    report(place, reference, findings, `Undefined macro '${reference.name}' used in filter.`, {
      message: `${nameOf(place.context)} uses ${quoted(reference.name)}, but no macro of that name is ${place.context.itemType === "macro" ? "defined before it" : "defined"}`,
      hint: hintForName(reference.name, place.macros.keys(), findings),
    });
  }
  if (expanded.loops.length + expanded.unknown.length > 0 || expanded.broken) return true;
  const { nodes, depth } = session.measures.of(expanded.condition);
  if (nodes <= CONDITION_NODES_MAX && depth <= CONDITION_DEPTH_MAX) return false;
  const limit =
    depth > CONDITION_DEPTH_MAX
      ? `is nested more than ${CONDITION_DEPTH_MAX} deep`
      : `has more than ${CONDITION_NODES_MAX} parts`;
  report(place, null, findings, "condition too large", {
    message: `the condition of ${nameOf(place.context)} ${limit} once its macros are put in`,
  });
  return true;
}

interface Words {
  readonly message: string;
  readonly hint?: string | undefined;
}

function report(
  { context, shown, written, leaves }: ConditionPlace,
  reference: MacroReference | null,
  findings: Findings,
  engine: string,
  words: Words,
): void {
  const { start, end } = reference ?? { start: 0, end: 0 };
  const text = (reference === null ? null : leaves().get(reference)) ?? written.text;
  const place = expressionContext(context, shown, text.lines(), start);
  findings.error("LOAD_ERR_VALIDATE", place, engine, {
    ...words,
    span: spanOfText(text.mapped(), start, end),
  });
}
