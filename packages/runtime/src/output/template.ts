// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse, OutputPart, OutputTemplate } from "@falcoc/compiler/program";
import type { Event, FieldBinder } from "../event.ts";
import { type BoundValue, bindValue } from "./bind-value.ts";
import type { BufferFormat } from "./buffer-text.ts";
import { bindFieldJson, valueJson, valueText } from "./field-output.ts";
import { noOutputFields, type OutputFields, type OutputFieldValue } from "./output-field.ts";
import type { ValueForm } from "./scalar.ts";

/** What a template gave for an event. */
export interface Rendered<T> {
  /** False when a value was missing and the template does not tolerate that: then rendering stopped there. */
  readonly complete: boolean;
  readonly value: T;
}

/** A template, ready for events of one kind. */
export interface TemplateRenderer {
  /** The text, with `<NA>` for missing values where the template tolerates them. */
  text(event: Event): Rendered<ByteString>;
  /** Values of all fields of the template, null where missing. */
  fields(event: Event): Rendered<OutputFields>;
  /** What `fields` gives, each value by itself, as often as it occurs in the template. */
  readonly values: readonly TemplateValue[];
}

export interface TemplateValue {
  readonly key: string;
  readonly read: (event: Event) => OutputFieldValue;
}

export interface TemplateOptions {
  /** How byte buffers are shown. Default: "normal". */
  readonly buffers?: BufferFormat;
  /** Also gives the values of transformers, under their canonical texts, to `fields`. Default: false. */
  readonly transformedFields?: boolean;
}

const MISSING = "<NA>";

/** Prepares a template for events of one kind. `fields` are the fields of the program that it belongs to. */
export function bindTemplate(
  template: OutputTemplate,
  fields: readonly FieldUse[],
  binder: FieldBinder,
  options: TemplateOptions = {},
): TemplateRenderer {
  const buffers = options.buffers ?? "normal";
  const parts = template.parts.map((part) => bindPart(part, fields, binder));
  const tokens = parts.filter((part) => typeof part !== "string").map((part) => part.value);
  const values = tokens.flatMap((token) => bindValues(token, buffers, options.transformedFields ?? false));
  return {
    text: (event) => renderText(parts, template.tolerant, event, buffers),
    fields: (event) => renderFields(values, template.tolerant, event),
    values,
  };
}

function bindValues(token: BoundValue, buffers: BufferFormat, transformed: boolean): TemplateValue[] {
  const values = token.fields.map(({ use, read }): TemplateValue => {
    const json = bindFieldJson(use, buffers);
    return { key: use.text, read: (event) => json(read(event), event) };
  });
  if (!transformed || token.isField) return values;
  return [...values, { key: token.text, read: (event) => valueJson(token.read(event), token.form, buffers) }];
}

type BoundPart = ByteString | { readonly value: BoundValue; readonly width: number | null };

function bindPart(part: OutputPart, fields: readonly FieldUse[], binder: FieldBinder): BoundPart {
  if (part.kind === "text") return part.text;
  return { value: bindValue(part.value, fields, binder), width: part.width };
}

function renderText(
  parts: readonly BoundPart[],
  tolerant: boolean,
  event: Event,
  buffers: BufferFormat,
): Rendered<ByteString> {
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const { value, width } = part;
    const shown = valueText(value.read(event), formOf(value, event), buffers);
    if (shown === null && !tolerant) return { complete: false, value: text };
    text += toWidth(shown ?? MISSING, width);
  }
  return { complete: true, value: text };
}

function formOf({ isField, fields, form }: BoundValue, event: Event): ValueForm {
  const [field] = fields;
  return (isField && field !== undefined ? event.binder.formOf?.(field.use, event) : null) ?? form;
}

function toWidth(text: ByteString, width: number | null): ByteString {
  return width === null ? text : text.slice(0, width).padEnd(width);
}

function renderFields(
  values: readonly TemplateValue[],
  tolerant: boolean,
  event: Event,
): Rendered<OutputFields> {
  const fields = noOutputFields();
  for (const { key, read } of values) {
    const value = read(event);
    if (value === null && !tolerant) return { complete: false, value: fields };
    fields[key] = value;
  }
  return { complete: true, value: fields };
}
