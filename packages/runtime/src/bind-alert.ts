// SPDX-License-Identifier: Apache-2.0
import {
  decodeText,
  type ExtraField,
  type FieldUse,
  type OutputTemplate,
  type Program,
  type ProgramRule,
} from "@falcoc/compiler/program";
import type { Alert } from "./alert.ts";
import type { Event, FieldBinder } from "./event.ts";
import { bindValue } from "./output/bind-value.ts";
import type { BufferFormat } from "./output/buffer-text.ts";
import { bindFieldJson } from "./output/field-output.ts";
import { noOutputFields } from "./output/output-field.ts";
import { bindTemplate, type TemplateValue } from "./output/template.ts";
import { localClock, utcDateTime } from "./output/time-text.ts";
import { compareKeys } from "./output/write-json.ts";

export interface AlertOptions {
  readonly hostname?: string;
  readonly timeFormatIso8601?: boolean;
  readonly buffers?: BufferFormat;
}

/** Makes the alert of one rule from an event of one kind. */
export type AlertMaker = (event: Event) => Alert;

/** Prepares the alerts of a rule, by its number in the program, for events of one kind. */
export function bindAlert(
  program: Program,
  number: number,
  binder: FieldBinder,
  options: AlertOptions,
): AlertMaker {
  const rule = program.rules[number] as ProgramRule;
  const { fields } = program;
  const buffers = options.buffers ?? "normal";
  const output = bindTemplate(rule.output, fields, binder, { buffers });
  const iso8601 = options.timeFormatIso8601 ?? false;
  const outputFields = inOrder([
    ...output.values,
    { key: iso8601 ? "evt.time.iso8601" : "evt.time", read: (event) => event.timestampNs },
    ...rule.extraFields.map((extra) => bindExtra(extra, fields, binder, buffers)),
  ]);
  const hostname = options.hostname ?? "";
  return (event) => {
    const { timestampNs } = event;
    const message = decodeText(output.text(event).value);
    const values = noOutputFields();
    for (const { key, read } of outputFields) values[key] = read(event);
    const time = iso8601 ? `${utcDateTime(timestampNs)}+0000` : localClock(timestampNs, true);
    return {
      rule: rule.name,
      priority: rule.priority,
      source: rule.source,
      tags: rule.tags,
      timestampNs,
      eventNumber: event.number,
      message,
      output: `${time}: ${rule.priority} ${message}`,
      outputFields: values,
      hostname,
    };
  };
}

/** The last value of each key, in the order in which JSON has them. */
function inOrder(values: readonly TemplateValue[]): readonly TemplateValue[] {
  const last = new Map(values.map((value) => [value.key, value]));
  return [...last.values()].sort((a, b) => compareKeys(a.key, b.key));
}

function bindExtra(
  extra: ExtraField,
  fields: readonly FieldUse[],
  binder: FieldBinder,
  buffers: BufferFormat,
): TemplateValue {
  const { key, value } = extra;
  if (value.kind === "template") return bindFormatted(key, value, fields, binder, buffers);
  const bound = bindValue(value, fields, binder);
  const [field] = bound.fields;
  // The engine shows the fields of a raw entry, never what a transformer makes of them.
  if (!bound.isField || field === undefined) return { key, read: () => null };
  const json = bindFieldJson(field.use, buffers);
  return { key, read: (event) => json(field.read(event), event) };
}

function bindFormatted(
  key: string,
  template: OutputTemplate,
  fields: readonly FieldUse[],
  binder: FieldBinder,
  buffers: BufferFormat,
): TemplateValue {
  const { text } = bindTemplate(template, fields, binder, { buffers });
  return { key, read: (event) => decodeText(text(event).value) };
}
