// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  type Extractor,
  encodeText,
  type FieldUse,
  type FieldValue,
} from "@falcoc/compiler/program";
import type { Event, FieldBinder } from "../event.ts";
import { genericField } from "../generic-fields.ts";
import type { FieldArgument, PluginEvent, PluginField, PluginSource } from "./define.ts";
import { JSON_FIELDS } from "./json.ts";

/** Reads the fields of one plugin's events: its own, those of any JSON, and those that every event has. */
export function bindPlugin(plugin: PluginSource): FieldBinder {
  return { bind: (field) => bindField(plugin, field) as Extractor<Event> };
}

function bindField(plugin: PluginSource, field: FieldUse): Extractor<PluginEvent> {
  const read = readerOf(plugin, field);
  if (read === null) {
    return genericField(field, { plugin: plugin.name, info: (event: PluginEvent) => event.text });
  }
  const argument = readArgument(field.argument);
  return (event) => clip(read(event.record, argument, event));
}

function readerOf(plugin: PluginSource, field: FieldUse): PluginField | null {
  if (field.provider === "json") return own(JSON_FIELDS, field.name);
  return field.provider === plugin.name ? own(plugin.fields, field.name) : null;
}

function own(fields: Readonly<Record<string, PluginField>>, name: string): PluginField | null {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

function readArgument(text: string | null): FieldArgument {
  return {
    text: text === null ? null : encodeText(text),
    index: text !== null && /^[0-9]{1,15}$/.test(text) ? Number(text) : null,
  };
}

/** Texts end at their first NUL, and a list without elements is no value. */
function clip(value: FieldValue | null): FieldValue | null {
  if (typeof value === "string") return clipText(value);
  if (!Array.isArray(value)) return value;
  return value.length === 0 ? null : value.map((item) => (typeof item === "string" ? clipText(item) : item));
}

function clipText(text: ByteString): ByteString {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
