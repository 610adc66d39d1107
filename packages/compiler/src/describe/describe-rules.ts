// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  type Condition,
  decodeText,
  printCondition,
  printOperand,
  type Template,
  visitCondition,
} from "@falcoc/parser";
import { ALL_EVENT_TYPES, type EventTypes, eventTypeNames, isEveryEvent } from "../analyse/event-types.ts";
import { KERNEL_SOURCE, PLUGIN_EVENT_CODE, PLUGINS } from "../catalog/index.ts";
import type { Collection, ExceptionPart } from "../load/collection.ts";
import type { CompiledCollection } from "../load/compile-collection.ts";
import type { CompiledList } from "../load/compile-lists.ts";
import type { CompiledMacro } from "../load/compile-macros.ts";
import type { CompiledRule } from "../load/compiled-rule.ts";
import type { Session } from "../load/session.ts";
import { type ConditionDetails, conditionDetails, fieldText, sorted } from "./condition-details.ts";
import type { ListDescription, MacroDescription, RuleDescription, RulesDescription } from "./description.ts";

/** Describes the rules that are active, and what they are made of. */
export function describeRules(
  collection: Collection,
  active: CompiledCollection | null,
  session: Session,
): RulesDescription {
  const lists = active?.lists ?? [];
  const listNames = new Set(lists.map(({ name }) => name));
  return {
    required_engine_version: collection.requiredEngineVersion,
    required_plugin_versions: collection.requiredPlugins.map(({ name, version, alternatives }) => ({
      name,
      version,
      alternatives: alternatives.map((other) => ({ name: other.name, version: other.version })),
    })),
    rules: (active?.rules ?? []).map((rule) => describeRule(rule, listNames, session)),
    macros: [...(active?.macros.values() ?? [])].map((macro) =>
      describeMacro(macro, active?.usage.macros.has(macro.entry.name) ?? false, listNames, session),
    ),
    lists: lists.map((list) => describeList(list, active?.usage.lists.has(list.name) ?? false)),
  };
}

function describeRule(
  rule: CompiledRule,
  listNames: ReadonlySet<ByteString>,
  session: Session,
): RuleDescription {
  const { entry, condition, extraFields } = rule;
  const written = session.parse(entry.condition.text);
  const details = conditionDetails(condition);
  const outputFields = templateFields(rule.template);
  const extraTexts = extraFields.map(({ template }) => decodeText(template));
  const events = namesOf(rule.eventTypes ?? PLUGIN_EVENTS);
  const formatted = extraFields.filter(({ raw }) => !raw);
  return {
    info: {
      name: decodeText(entry.name),
      condition: decodeText(entry.condition.text),
      priority: entry.priority,
      output: decodeText(entry.output.text),
      description: decodeText(entry.description),
      enabled: entry.enabled,
      source: decodeText(entry.source),
      capture: entry.capture,
      capture_duration: entry.captureDurationMs,
      tags: entry.tags.map(decodeText),
    },
    details: {
      ...references(written.ok ? written.condition : condition, listNames),
      condition_operators: details.operators,
      condition_fields: details.fields,
      output_fields: [...outputFields, ...extraTexts].sort(),
      exception_fields: sorted(rule.exceptionFields).map(decodeText),
      exception_names: sorted(new Set(entry.exceptions.map(({ name }) => decodeText(name)))),
      exception_operators: sorted(new Set(entry.exceptions.flatMap(({ comps }) => textsOf(comps)))),
      events,
      condition_compiled: decodeText(printCondition(condition)),
      output_compiled: decodeText(rule.output),
      plugins: pluginsOf([...details.fields, ...outputFields], entry.source, events, session),
      ...(formatted.length === 0
        ? {}
        : {
            extra_output_formatted_fields: Object.fromEntries(
              formatted.map(({ key, template }) => [key, decodeText(template)]),
            ),
          }),
    },
  };
}

function describeMacro(
  macro: CompiledMacro,
  used: boolean,
  listNames: ReadonlySet<ByteString>,
  session: Session,
): MacroDescription {
  const { entry } = macro;
  const condition = macro.condition ?? macro.parsed;
  const written = session.parse(entry.condition.text);
  const details = condition === null ? NO_DETAILS : conditionDetails(condition);
  const eventTypes = condition === null ? null : eventTypesOf(condition, session);
  const events = eventTypes === null ? [] : namesOf(eventTypes);
  return {
    info: { name: decodeText(entry.name), condition: decodeText(entry.condition.text) },
    details: {
      used,
      ...references(written.ok ? written.condition : condition, listNames),
      condition_operators: details.operators,
      condition_fields: details.fields,
      events,
      condition_compiled: condition === null ? "" : decodeText(printCondition(condition)),
      plugins: pluginsOf(details.fields, null, events, session),
    },
  };
}

/** Items in whose place those of another list stand count as references, not as items. */
function describeList({ entry, items, lists }: CompiledList, used: boolean): ListDescription {
  const texts = entry.items.map(({ text }) => text);
  return {
    info: {
      name: decodeText(entry.name),
      items: texts.filter((text) => !lists.includes(text)).map(decodeText),
    },
    details: {
      used,
      lists: lists.map(decodeText),
      items_compiled: items.map(decodeText),
      plugins: [],
    },
  };
}

const PLUGIN_EVENTS: EventTypes = { codes: [PLUGIN_EVENT_CODE], syscalls: [] };
const NO_DETAILS: ConditionDetails = { fields: [], operators: [], macros: [], items: [] };

/** Macros and lists that a condition names itself. */
function references(
  condition: Condition | null,
  listNames: ReadonlySet<ByteString>,
): { readonly macros: readonly string[]; readonly lists: readonly string[] } {
  const { macros, items } = condition === null ? NO_DETAILS : conditionDetails(condition);
  return { macros, lists: items.filter((text) => listNames.has(text)).map(decodeText) };
}

function textsOf(part: ExceptionPart | null): readonly string[] {
  if (part === null) return [""];
  return part.kind === "text" ? [decodeText(part.text.text)] : part.parts.flatMap(textsOf);
}

/** One entry a token, repeated as often as it occurs; a call counts with the fields in it. */
function templateFields({ parts }: Template): readonly string[] {
  return parts.flatMap((part) => {
    if (part.kind === "text") return [];
    const fields: string[] = part.value.kind === "transformer" ? [decodeText(printOperand(part.value))] : [];
    visitCondition(part.value, {
      field: (field) => {
        fields.push(fieldText(field));
        return undefined;
      },
    });
    return fields;
  });
}

const EVERY_NAME = eventTypeNames(ALL_EVENT_TYPES);

function namesOf(types: EventTypes): readonly string[] {
  return isEveryEvent(types) ? EVERY_NAME : eventTypeNames(types);
}

function eventTypesOf(condition: Condition, session: Session): EventTypes | null {
  const inferred = session.eventTypes(condition);
  return inferred.ok ? inferred.types : null;
}

/** Plugins that are needed: for a field, for the events themselves, or for events that they inject. */
function pluginsOf(
  fields: readonly string[],
  source: ByteString | null,
  events: readonly string[],
  { catalog }: Session,
): readonly string[] {
  const plugins = new Set<string>();
  for (const field of fields) {
    const lookup = catalog.resolve(field, source ?? KERNEL_SOURCE);
    if (lookup.ok && lookup.field.definition.provider !== "native")
      plugins.add(lookup.field.definition.provider);
  }
  for (const plugin of PLUGINS) {
    const isSource = plugin.source !== null && plugin.source === source;
    if (isSource || plugin.asyncEvents.some((name) => events.includes(name))) plugins.add(plugin.name);
  }
  return sorted(plugins);
}
