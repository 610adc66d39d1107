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
import { fieldJson } from "./output/field-output.ts";
import { noOutputFields, type OutputFieldValue } from "./output/output-field.ts";
import { bindTemplate } from "./output/template.ts";
import { localClock, utcDateTime } from "./output/time-text.ts";

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
  const extras = rule.extraFields.map((extra) => bindExtra(extra, fields, binder, buffers));
  const iso8601 = options.timeFormatIso8601 ?? false;
  const hostname = options.hostname ?? "";
  return (event) => {
    const { timestampNs } = event;
    const message = decodeText(output.text(event).value);
    const values = Object.assign(noOutputFields(), output.fields(event).value);
    values[iso8601 ? "evt.time.iso8601" : "evt.time"] = timestampNs;
    for (const { key, read } of extras) values[key] = read(event);
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

interface BoundExtra {
  readonly key: string;
  readonly read: (event: Event) => OutputFieldValue;
}

function bindExtra(
  extra: ExtraField,
  fields: readonly FieldUse[],
  binder: FieldBinder,
  buffers: BufferFormat,
): BoundExtra {
  const { key, value } = extra;
  if (value.kind === "template") return bindFormatted(key, value, fields, binder, buffers);
  const bound = bindValue(value, fields, binder);
  const [field] = bound.fields;
  // The engine shows the fields of a raw entry, never what a transformer makes of them.
  if (!bound.isField || field === undefined) return { key, read: () => null };
  return { key, read: (event) => fieldJson(field.use, field.read(event), event, buffers) };
}

function bindFormatted(
  key: string,
  template: OutputTemplate,
  fields: readonly FieldUse[],
  binder: FieldBinder,
  buffers: BufferFormat,
): BoundExtra {
  const { text } = bindTemplate(template, fields, binder, { buffers });
  return { key, read: (event) => decodeText(text(event).value) };
}
