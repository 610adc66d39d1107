// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldValue } from "@falcoc/compiler/program";
import type { Event } from "../event.ts";
import { type JsonNode, textAt } from "../json/json-node.ts";
import { parseTimestamp } from "../output/time-text.ts";

/** How one of the engine's plugins reads records: what an event is, and what its fields are. */
export interface PluginSource {
  /** `evt.pluginname`, and the provider of its fields in the catalogue. */
  readonly name: string;
  /** Event source of its events. */
  readonly source: string;
  /** Whether a JSON object looks like one of its records, or like a batch of them. */
  recognise(json: JsonNode): boolean;
  /** The records of a batch, or the one record; for what is none, why not. */
  split(json: JsonNode): PluginRecords;
  /** Whether the plugin makes an event of a record, and the time of that event. */
  accept(record: JsonNode): Acceptance;
  /** One reader a field of the catalogue, without the argument. */
  readonly fields: Readonly<Record<string, PluginField>>;
}

export type PluginRecords =
  | { readonly ok: true; readonly records: readonly JsonNode[] }
  | { readonly ok: false; readonly message: string };

export type Acceptance =
  | {
      readonly ok: true;
      /** Nanoseconds since 1970; null when the record does not tell. */
      readonly timestampNs: bigint | null;
    }
  | { readonly ok: false /** Why the plugin drops the record. */; readonly message: string };

/** A record of a plugin. */
export interface PluginEvent extends Event {
  readonly record: JsonNode;
  /** The record as it was written. */
  readonly text: ByteString;
  /** Events that were read together, in order, this one among them. */
  readonly siblings: readonly PluginEvent[];
  /** Index of this event in `siblings`. */
  readonly position: number;
}

/** Reads a field from a record; null when the record has no value for it. */
export type PluginField = (
  record: JsonNode,
  argument: FieldArgument,
  event: PluginEvent,
) => FieldValue | null;

/** The argument of a field, read once. */
export interface FieldArgument {
  /** As written in the rule; null without. */
  readonly text: ByteString | null;
  /** The same as an index; null when there is none or it is no number. */
  readonly index: number | null;
}

/** The one record itself, for plugins whose records come one by one. */
export function oneRecord(json: JsonNode): PluginRecords {
  return { ok: true, records: [json] };
}

/** Accepts records that tell their time in the text at a path; others are dropped. */
export function timedBy(...path: readonly ByteString[]): (record: JsonNode) => Acceptance {
  return (record) => {
    const text = textAt(record, ...path);
    const timestampNs = text === null ? null : parseTimestamp(text);
    if (timestampNs !== null) return { ok: true, timestampNs };
    return { ok: false, message: `"${path.join(".")}" is not a date and time` };
  };
}

/** Accepts all records, with the time in the text at a path where there is one. */
export function maybeTimedBy(...path: readonly ByteString[]): (record: JsonNode) => Acceptance {
  return (record) => ({ ok: true, timestampNs: parseTimestamp(textAt(record, ...path) ?? "") });
}
