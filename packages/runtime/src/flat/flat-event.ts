// SPDX-License-Identifier: Apache-2.0
import {
  createCatalog,
  EVENTS,
  type EventDefinition,
  eventCodesOfName,
  type FieldCatalog,
  isEventTypeName,
  KERNEL_SOURCE,
  PLUGIN_EVENT_CODE,
  PLUGINS,
} from "@falcoc/compiler/catalog";
import { decodeText, type FieldValue, suggest } from "@falcoc/compiler/program";
import type { Event } from "../event.ts";
import type { JsonValue } from "../json/json-node.ts";
import { parseTimestamp } from "../output/time-text.ts";
import { FLAT_BINDER } from "./flat-binder.ts";
import { flatValue } from "./flat-value.ts";

/** An event that was given as values of fields. */
export interface FlatEvent extends Event {
  /** Values by the text of the field, argument included; null where the event says that there is none. */
  readonly given: ReadonlyMap<string, FieldValue | null>;
  /** Values that were derived so far. */
  readonly derived: Map<string, FieldValue>;
  /** Fields that are being derived. */
  readonly deriving: Set<string>;
  /** Entry of the event table for its type; null when it is of no type. */
  readonly definition: EventDefinition | null;
}

export interface FlatEventOptions {
  /** Event source, for records that do not tell it by `evt.source` or by the names of their fields. */
  readonly source?: string;
  /** `evt.num`, where the record does not give it. Default: 1. */
  readonly number?: number;
}

export type FlatEventResult =
  | { readonly ok: true; readonly event: FlatEvent }
  | { readonly ok: false /** One sentence each. */; readonly problems: readonly string[] };

/** Makes an event of an object whose keys are fields. What follows from them is derived when it is asked for. */
export function flatEvent(
  record: Readonly<Record<string, JsonValue>>,
  options: FlatEventOptions = {},
): FlatEventResult {
  const source = sourceOf(record, options.source);
  const catalog = catalogFor(record);
  const given = new Map<string, FieldValue | null>();
  const problems: string[] = [];
  for (const [key, json] of Object.entries(record)) {
    const lookup = catalog.resolve(key, source);
    if (!lookup.ok) {
      problems.push(unknownField(key, source, catalog));
      continue;
    }
    const value = flatValue(lookup.field, json);
    if (value.ok) given.set(lookup.field.text, value.value);
    else problems.push(`"${key}" takes ${value.takes}, not ${shown(json)}`);
  }
  const type = given.get("evt.type");
  if (typeof type === "string" && !isEventTypeName(decodeText(type))) problems.push(unknownType(type));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, event: eventOf(given, source, options.number ?? 1) };
}

function eventOf(given: ReadonlyMap<string, FieldValue | null>, source: string, number: number): FlatEvent {
  const definition =
    source === KERNEL_SOURCE ? definitionOf(given.get("evt.type"), given.get("evt.dir")) : null;
  const code = source === KERNEL_SOURCE ? (definition?.code ?? -1) : PLUGIN_EVENT_CODE;
  const ownNumber = given.get("evt.num");
  return {
    source,
    code,
    timestampNs: timestampOf(given),
    number: typeof ownNumber === "number" ? ownNumber : number,
    binder: FLAT_BINDER,
    given,
    derived: new Map(),
    deriving: new Set(),
    definition,
  };
}

/** The current event of a name: by default the end of the system call. */
function definitionOf(
  type: FieldValue | null = null,
  direction: FieldValue | null = null,
): EventDefinition | null {
  if (typeof type !== "string") return null;
  const named = eventCodesOfName(type).flatMap((code) => EVENTS[code] ?? []);
  const wanted = direction === ">" ? "enter" : "exit";
  return (
    named.findLast((event) => event.direction === wanted && !event.old) ??
    named.findLast((event) => !event.old) ??
    named.at(-1) ??
    null
  );
}

function timestampOf(given: ReadonlyMap<string, FieldValue | null>): bigint {
  const raw = given.get("evt.rawtime");
  if (typeof raw === "number" || typeof raw === "bigint") return BigInt(raw);
  const iso = given.get("evt.time.iso8601");
  return (typeof iso === "string" ? parseTimestamp(iso) : null) ?? 0n;
}

/** First parts of the names of fields that only events of one source have. */
const NAMESPACES: ReadonlyMap<string, string> = new Map(
  PLUGINS.flatMap(({ source, fields }) =>
    source === null ? [] : fields.map(({ name }): [string, string] => [namespaceOf(name), source]),
  ),
);

function sourceOf(record: Readonly<Record<string, JsonValue>>, given: string | undefined): string {
  const own = record["evt.source"];
  if (typeof own === "string") return own;
  for (const key of Object.keys(record)) {
    const source = NAMESPACES.get(namespaceOf(key));
    if (source !== undefined) return source;
  }
  return given ?? KERNEL_SOURCE;
}

function namespaceOf(name: string): string {
  return name.slice(0, Math.max(name.indexOf("."), 0));
}

const CATALOG = createCatalog({ plugins: "all" });

/** All fields that there are, and the constants `static.NAME` that the record itself names. */
function catalogFor(record: Readonly<Record<string, JsonValue>>): FieldCatalog {
  const names = Object.keys(record).filter((key) => key.startsWith("static."));
  if (names.length === 0) return CATALOG;
  return createCatalog({
    plugins: "all",
    staticFields: names.map((name) => name.slice("static.".length)),
  });
}

function unknownField(key: string, source: string, catalog: FieldCatalog): string {
  const [name = key] = key.split("[");
  const near = suggest(
    name,
    catalog.fields(source).map((field) => field.name),
  );
  const hint = near === null ? "" : `; did you mean "${near}"?`;
  return `"${key}" is not a field of ${source} events${hint}`;
}

function unknownType(type: string): string {
  const near = suggest(
    type,
    EVENTS.map((event) => event.name),
  );
  return `"${decodeText(type)}" is not a type of event${near === null ? "" : `; did you mean "${near}"?`}`;
}

const SHOWN_MAX = 60;

function shown(json: JsonValue): string {
  if (Array.isArray(json)) return "an array";
  if (typeof json === "object") return "an object";
  const text = typeof json === "string" ? JSON.stringify(json) : String(json);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
