// SPDX-License-Identifier: Apache-2.0
import type { CompileResult } from "@falcoc/compiler";
import { type Condition, decodeText, printCondition, printQuoted, visitCondition } from "@falcoc/parser";
import { PLUGIN_EVENT, ruleEvents } from "../rule-events.ts";

/** What must hold together for a rule to match. */
export interface RuleParts {
  /** Condition for the event types of the rule, which is tried before all parts; null when every event is one of them. */
  readonly guard: string | null;
  readonly parts: readonly RulePart[];
}

export interface RulePart {
  /** In the form in which the engine shows it. */
  readonly condition: string;
  /** In the form that can be compiled. */
  readonly written: string;
  readonly fields: readonly string[];
  readonly hasRegex: boolean;
}

const EVENT_TYPE = "evt.type";

/** The event type that rides along with those of every rule, and that no condition names. */
const ASYNC_EVENT = "asyncevent";

/** Takes a rule apart at the outermost `and`, once lists, macros and exceptions are in it. */
export function rulePartsOf(result: CompileResult, rule: string): RuleParts {
  const compiled = result.loaded.active?.rules.find(({ entry }) => decodeText(entry.name) === rule);
  const parts = compiled === undefined ? [] : conjuncts(compiled.condition);
  const events = ruleEvents(result).find((one) => one.rule === rule)?.events ?? "all";
  const names =
    events === "all" ? [] : events.filter((name) => name !== ASYNC_EVENT && name !== PLUGIN_EVENT);
  if (names.length === 0) return { guard: null, parts: parts.map(partOf) };
  const guard = `evt.type in (${names.join(", ")})`;
  return {
    guard,
    parts: parts.map(partOf).filter(({ fields }) => fields.some((field) => field !== EVENT_TYPE)),
  };
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === "and" ? condition.children.flatMap(conjuncts) : [condition];
}

function partOf(condition: Condition): RulePart {
  const fields: string[] = [];
  let hasRegex = false;
  visitCondition(condition, {
    field: ({ name }) => {
      fields.push(name);
      return undefined;
    },
    check: ({ operator }) => {
      hasRegex ||= operator === "regex";
      return undefined;
    },
  });
  return {
    condition: decodeText(printCondition(condition)),
    written: decodeText(printQuoted(condition)),
    fields,
    hasRegex,
  };
}
