// SPDX-License-Identifier: Apache-2.0

import type { Template } from "@falcoc/parser";
import { decodeText } from "@falcoc/parser";
import { ALL_EVENT_TYPES, isEveryEvent } from "./analyse/event-types.ts";
import { ASYNC_EVENT_CODE, EVENTS, GENERIC_EVENTS, PLUGIN_EVENT_CODE } from "./catalog/index.ts";
import type { FieldCatalog } from "./catalog/types.ts";
import { checkTemplate } from "./check/check-template.ts";
import type { EmitRule } from "./emit/dispatch.ts";
import { emitProgram } from "./emit/emit-program.ts";
import { explainPlan, type PlanGroup } from "./emit/explain-plan.ts";
import { FieldTable } from "./ir/field-table.ts";
import type { CompiledRule, ExtraTemplate } from "./load/compiled-rule.ts";
import {
  type ExtraField,
  type OutputTemplate,
  PROGRAM_VERSION,
  type Priority,
  type Program,
  type ProgramRule,
} from "./program/index.ts";
import { reaches } from "./program/priority.ts";

/** Makes the program of compiled rules: those that are urgent enough, in load order. */
export function linkProgram(
  rules: readonly CompiledRule[],
  catalog: FieldCatalog,
  engineVersion: string,
  least: Priority,
): Program {
  const fields = new FieldTable();
  const loaded = rules.filter(({ entry }) => reaches(entry.priority, least));
  const linked = loaded.map((rule) => linkRule(rule, catalog, fields));
  const conditions = conditionsOf(linked, loaded);
  const emitted = emitProgram(conditions, { fields, eventTypes: EVENT_TYPES });
  return {
    version: PROGRAM_VERSION,
    engineVersion,
    fields: emitted.fields,
    rules: linked,
    code: emitted.code,
  };
}

/**
 * How the rules of a program are evaluated, see `PlanGroup`; `rules` are those that it was made of, such as
 * `CompileResult.loaded.active.rules`.
 */
export function explainProgram(program: Program, rules: readonly CompiledRule[]): readonly PlanGroup[] {
  const names = new Map(rules.map((rule) => [decodeText(rule.entry.name), rule]));
  const loaded = program.rules.map(({ name }) => names.get(name) as CompiledRule);
  return explainPlan(conditionsOf(program.rules, loaded), EVENT_TYPES);
}

function conditionsOf(linked: readonly ProgramRule[], rules: readonly CompiledRule[]): readonly EmitRule[] {
  return linked.map(({ source, events }, i) => ({
    source,
    events,
    condition: (rules[i] as CompiledRule).expr,
  }));
}

/** Value of `evt.type` by event code; null for codes whose events have different ones. */
export const EVENT_TYPES: readonly (string | null)[] = EVENTS.map(({ code, name }) => {
  const varies = GENERIC_EVENTS.includes(code) || code === ASYNC_EVENT_CODE || code === PLUGIN_EVENT_CODE;
  return varies ? null : name;
});

function linkRule(rule: CompiledRule, catalog: FieldCatalog, fields: FieldTable): ProgramRule {
  const { entry } = rule;
  const source = decodeText(entry.source);
  const template = (parsed: Template): OutputTemplate => {
    const checked = checkTemplate(parsed, { catalog, source, fields });
    // The template's parser asks the same checker which tokens there are.
    if (!checked.ok) throw new Error(`output was accepted before: ${checked.error.message}`);
    return checked.output;
  };
  return {
    name: decodeText(entry.name),
    description: decodeText(entry.description),
    source,
    priority: entry.priority,
    tags: entry.tags.map(decodeText),
    enabled: entry.enabled,
    output: template(rule.template),
    extraFields: rule.extraFields.map((field) => linkExtraField(field, template)),
    ...eventsOf(rule),
    capture: entry.capture,
    captureDurationMs: entry.captureDurationMs,
    path: entry.context.file.source.path,
    line: entry.context.mark.line + 1,
  };
}

function linkExtraField(field: ExtraTemplate, link: (parsed: Template) => OutputTemplate): ExtraField {
  const template = link(field.parsed);
  const [token] = template.parts;
  const value = field.raw && token?.kind === "token" ? token.value : template;
  return { key: field.key, value };
}

/** Events of plugins have one code, whatever the condition says. */
function eventsOf({ eventTypes }: CompiledRule): Pick<ProgramRule, "events" | "syscalls"> {
  if (eventTypes === null) return { events: [PLUGIN_EVENT_CODE], syscalls: [] };
  const { codes, syscalls } = eventTypes;
  return {
    events: isEveryEvent(eventTypes) ? "all" : codes.filter((code) => code !== ASYNC_EVENT_CODE),
    syscalls: syscalls.length === ALL_EVENT_TYPES.syscalls.length ? "all" : syscalls,
  };
}
