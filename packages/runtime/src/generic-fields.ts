// SPDX-License-Identifier: Apache-2.0
import { canonicalInteger, type Extractor, type FieldUse, type FieldValue } from "@falcoc/compiler/program";
import type { Event } from "./event.ts";
import { localClock, localDateTime, subsecondDigits, utcDateTime } from "./output/time-text.ts";

const NS_PER_S = 1_000_000_000n;

/** What the fields that every event has need to know beside the event itself. */
export interface GenericSource<E extends Event> {
  /** Plugin that made the event; null when none did. */
  readonly plugin: string | null;
  /** Text of the event as its plugin shows it. */
  readonly info: (event: E) => string | null;
}

/** Reads one of the fields that events of every source have; gives no value for any other field. */
export function genericField<E extends Event>(field: FieldUse, source: GenericSource<E>): Extractor<E> {
  const read = Object.hasOwn(GENERIC_FIELDS, field.name) ? GENERIC_FIELDS[field.name] : undefined;
  if (read !== undefined) return read;
  if (field.name === "evt.pluginname") return () => source.plugin;
  if (field.name === "evt.plugininfo") return source.info;
  return () => null;
}

/**
 * Fields that follow from an event alone. Times relative to other events are counted from the event itself, since
 * events of these sources stand for themselves.
 */
const GENERIC_FIELDS: Readonly<Record<string, (event: Event) => FieldValue | null>> = {
  "evt.num": (event) => event.number,
  "evt.time": (event) => localClock(event.timestampNs, true),
  "evt.time.s": (event) => localClock(event.timestampNs, false),
  "evt.time.iso8601": (event) => `${utcDateTime(event.timestampNs)}+0000`,
  "evt.datetime": (event) => localDateTime(event.timestampNs, true),
  "evt.datetime.s": (event) => localDateTime(event.timestampNs, false),
  "evt.rawtime": (event) => canonicalInteger(event.timestampNs),
  "evt.rawtime.s": (event) => canonicalInteger(event.timestampNs / NS_PER_S),
  "evt.rawtime.ns": (event) => Number(subsecondDigits(event.timestampNs)),
  "evt.reltime": () => 0,
  "evt.reltime.s": () => 0,
  "evt.reltime.ns": () => 0,
  "evt.source": (event) => event.source,
  "evt.is_async": () => false,
  "evt.asynctype": () => null,
  "evt.hostname": () => "",
};
