// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse, FieldValue, ScalarValue } from "@falcoc/compiler/program";
import type { Event } from "../event.ts";
import { type BufferFormat, SHOWN_BYTES_MAX } from "./buffer-text.ts";
import type { OutputFieldValue } from "./output-field.ts";
import { scalarJson, scalarText, type ValueForm } from "./scalar.ts";

/** Text of a field's value; null where it is missing. */
export function valueText(
  value: FieldValue | null,
  form: ValueForm,
  buffers: BufferFormat,
): ByteString | null {
  if (value === null) return null;
  return isList(value) ? listText(value, form, buffers) : scalarText(value, form, buffers);
}

/** Value of a field in JSON; null where it is missing. A list without elements counts as missing. */
export function valueJson(
  value: FieldValue | null,
  form: ValueForm,
  buffers: BufferFormat,
): OutputFieldValue {
  if (value === null) return null;
  if (!isList(value)) return scalarJson(value, form, buffers);
  return value.length === 0 ? null : value.map((item) => scalarJson(item, form, buffers));
}

/** Fields that JSON shows as a number whatever their type is, and where the number comes from. */
const TIME_FIELDS: Readonly<Record<string, "timestamp" | "value">> = {
  "evt.time": "timestamp",
  "evt.time.s": "timestamp",
  "evt.time.iso8601": "timestamp",
  "evt.datetime": "timestamp",
  "evt.datetime.s": "timestamp",
  "evt.outputtime": "timestamp",
  "evt.rawtime": "value",
  "evt.rawtime.s": "value",
  "evt.rawtime.ns": "value",
  "evt.reltime": "value",
  "evt.reltime.s": "value",
  "evt.reltime.ns": "value",
  "evt.deltatime": "value",
  "evt.deltatime.s": "value",
  "evt.deltatime.ns": "value",
  "evt.latency": "value",
  "evt.latency.s": "value",
  "evt.latency.ns": "value",
};

/** Makes JSON of a field's values: times are integers, in ns but for those that name another unit. */
export function bindFieldJson(
  field: FieldUse,
  buffers: BufferFormat,
): (value: FieldValue | null, event: Event) => OutputFieldValue {
  const time = Object.hasOwn(TIME_FIELDS, field.name) ? TIME_FIELDS[field.name] : undefined;
  if (time === undefined) {
    return (value, event) => valueJson(value, event.binder.formOf?.(field, event) ?? field, buffers);
  }
  if (time === "timestamp") return (value, event) => (value === null ? null : event.timestampNs);
  const form: ValueForm = { type: field.type, print: "DEC" };
  return (value) => valueJson(value, form, buffers);
}

/**
 * Elements between parentheses, without blanks, cut like a buffer. As in the engine no comma follows a first element
 * that is empty.
 */
function listText(items: readonly ScalarValue[], form: ValueForm, buffers: BufferFormat): ByteString {
  let text = "(";
  for (const item of items) text += (text.length > 1 ? "," : "") + (scalarText(item, form, buffers) ?? "");
  return `${text})`.slice(0, SHOWN_BYTES_MAX);
}

function isList(value: FieldValue): value is readonly ScalarValue[] {
  return Array.isArray(value);
}
