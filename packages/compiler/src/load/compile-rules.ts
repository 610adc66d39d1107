// SPDX-License-Identifier: Apache-2.0
import { type ByteString, type Condition, encodeText, type Span } from "@falcoc/parser";
import type { EventTypes } from "../analyse/event-types.ts";
import { KERNEL_SOURCE } from "../catalog/index.ts";
import type { CheckError, PlacedWarning } from "../check/check-condition.ts";
import { type AppendOutput, addedOutput } from "./append-output.ts";
import type { Collection, RuleEntry } from "./collection.ts";
import { type CompiledMacros, parseText, reportExpansion, targetOf, type Usage } from "./compile-macros.ts";
import { compileOutput } from "./compile-output.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { expressionContext, expressionContextAt, nameOf, quoted } from "./context.ts";
import { DEPRECATED_FIELDS } from "./deprecated-fields.ts";
import { expandExceptions } from "./expand-exceptions.ts";
import type { Findings } from "./findings.ts";
import { wordsForCheck } from "./hints.ts";
import { type MappedText, spanOfText } from "./mapped-text.ts";
import { once } from "./once.ts";
import { type Leaves, leavesOf, type WrittenCondition } from "./origins.ts";
import type { Session } from "./session.ts";
import { isSkippable } from "./skippable.ts";
import type { ListSubstitution, SubstitutedText } from "./substitute-lists.ts";

/** What compiling rules needs beside them. */
export interface RuleSetting {
  readonly lists: ListSubstitution;
  readonly macros: CompiledMacros;
  readonly session: Session;
  readonly usage: Usage;
  readonly appendOutput: readonly AppendOutput[];
}

/** Compiles all rules of known sources (spec 3.11). Rules that ask for it are dropped when a field is unknown. */
export function compileRules(
  collection: Collection,
  setting: RuleSetting,
  findings: Findings,
): readonly CompiledRule[] {
  const compiled: CompiledRule[] = [];
  for (const rule of collection.rules.values()) {
    if (rule.unknownSource) continue;
    const result = compileRule(rule, setting, findings);
    if (result !== null) compiled.push(result);
  }
  return compiled;
}

function compileRule(entry: RuleEntry, setting: RuleSetting, findings: Findings): CompiledRule | null {
  const { session, appendOutput } = setting;
  const expanded = expandExceptions(entry, findings);
  const added = addedOutput(entry, appendOutput, session.catalog);
  const output = compileOutput(entry, added, session, findings);
  if (expanded === null || output === "dropped") return null;
  const condition = compileCondition(entry, expanded.condition, setting, findings);
  if (condition === null || output === null) return null;
  return { entry, ...condition, ...output, exceptionFields: expanded.fields };
}

function compileCondition(
  entry: RuleEntry,
  source: MappedText,
  setting: RuleSetting,
  findings: Findings,
): Pick<CompiledRule, "written" | "condition" | "expr" | "eventTypes"> | null {
  const { lists, macros, session, usage } = setting;
  const written = parseText(source, entry.conditionContext, lists, session, usage, findings);
  if (written.parsed === null) return null;
  const expanded = session.expand(written.parsed, (name) =>
    targetOf(macros.get(name), Number.POSITIVE_INFINITY),
  );
  for (const name of expanded.used) usage.macros.add(name);
  const leaves = once(() => leavesOf(written, macros));
  const place = { context: entry.context, shown: source.text, written, macros, leaves };
  if (reportExpansion(expanded, place, session, findings)) return null;
  const { condition } = expanded;
  const rule: RulePlace = { entry, shown: source.text, written, condition, leaves, session };
  warnOfFields(rule, findings);
  const checked = session.check(condition, entry.source);
  if (!checked.ok) {
    reportChecks(rule, checked.errors, findings);
    return null;
  }
  for (const warning of checked.warnings) reportWarning(rule, warning, findings);
  const { expr } = checked;
  if (entry.source !== KERNEL_SOURCE) return { written, condition, expr, eventTypes: null };
  const eventTypes = eventTypesOf(rule, findings);
  return eventTypes === null ? null : { written, condition, expr, eventTypes };
}

interface RulePlace {
  readonly entry: RuleEntry;
  /** The condition as the engine shows it. */
  readonly shown: ByteString;
  readonly written: WrittenCondition;
  readonly condition: Condition;
  leaves(): Leaves;
  readonly session: Session;
}

const START = { offset: 0, line: 0, column: 0 };

function warnOfFields(rule: RulePlace, findings: Findings): void {
  const { entry, shown, written, condition, session } = rule;
  const { comparesNa, deprecated } = session.fieldWarnings(condition);
  if (!comparesNa && deprecated.length === 0) return;
  const context = expressionContextAt(entry.conditionContext, shown, START);
  const span = spanOfText(written.text.mapped(), 0, written.text.text.length);
  if (comparesNa) {
    findings.warn("LOAD_UNSAFE_NA_CHECK", context, "", {
      message: `${nameOf(entry.context)} compares a field with "<NA>", which does not find missing values`,
      span,
      hint: 'write "not FIELD exists"',
    });
  }
  for (const field of deprecated) {
    findings.warn("LOAD_DEPRECATED_ITEM", context, DEPRECATED_FIELDS.get(field) ?? "", {
      message: `${nameOf(entry.context)} uses the deprecated field "${field}"`,
      span,
      deprecatedField: field,
    });
  }
}

function reportChecks(rule: RulePlace, errors: readonly CheckError[], findings: Findings): void {
  const { entry, shown, written, leaves, session } = rule;
  const [first] = errors;
  if (first === undefined) return;
  const skipped = isSkippable(first.message, entry);
  for (const error of skipped ? [first] : errors) {
    const { start, check } = error;
    const text = (check === undefined ? null : leaves().get(check)) ?? written.text;
    const context = expressionContext(entry.conditionContext, shown, text.lines(), start);
    const words = wordsForCheck(error, session, entry.source);
    const rest = {
      message: `${nameOf(entry.context)}: ${words.message}`,
      span: spanOfCheck(text, error, check?.end ?? start),
      hint: words.hint,
    };
    const engine = encodeText(error.message);
    if (skipped) findings.warn("LOAD_UNKNOWN_FILTER", context, engine, rest);
    else findings.error("LOAD_ERR_COMPILE_CONDITION", context, engine, rest);
  }
}

/** The name at fault, else the whole check. */
function spanOfCheck(text: SubstitutedText, { start, name }: CheckError, end: number): Span | null {
  const at = name === undefined ? -1 : text.text.slice(start, end).indexOf(encodeText(name));
  if (name === undefined || at < 0) return spanOfText(text.mapped(), start, end);
  return spanOfText(text.mapped(), start + at, start + at + encodeText(name).length);
}

function reportWarning(rule: RulePlace, warning: PlacedWarning, findings: Findings): void {
  const { entry, shown, written, leaves } = rule;
  const { start, check } = warning;
  const text = leaves().get(check) ?? written.text;
  const context = expressionContext(entry.conditionContext, shown, text.lines(), start);
  findings.warn("LOAD_COMPILE_CONDITION", context, encodeText(warning.message), {
    message: `${nameOf(entry.context)}: ${warning.message}`,
    span: spanOfText(text.mapped(), start, check.end),
  });
}

/** Rules that more events than this can match draw a warning. */
const EVENT_CODES_MAX = 100;

function eventTypesOf(rule: RulePlace, findings: Findings): EventTypes | null {
  const { entry, shown, written, condition, session } = rule;
  const inferred = session.eventTypes(condition);
  if (!inferred.ok) {
    const context = expressionContext(entry.conditionContext, shown, written.text.lines(), inferred.offset);
    findings.error("LOAD_ERR_COMPILE_CONDITION", context, encodeText(inferred.message), {
      message: `${nameOf(entry.context)}: ${inferred.message}`,
      span: spanOfText(written.text.mapped(), inferred.offset),
    });
    return null;
  }
  if (entry.warnEventTypes && inferred.types.codes.length > EVENT_CODES_MAX) {
    const engine = "Rule matches too many evt.type values. This has a significant performance penalty.";
    findings.warn("LOAD_NO_EVTTYPE", entry.context, engine, {
      message: `rule ${quoted(entry.name)} can match nearly every event, which makes it slow`,
      span: spanOfText(entry.condition, 0, entry.condition.text.length),
      hint: 'restrict it, for example with "evt.type in (open, openat)"',
    });
  }
  return inferred.types;
}
