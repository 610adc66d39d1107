// SPDX-License-Identifier: Apache-2.0
import { createCatalog, type FieldDefinition } from "@falcoc/compiler/catalog";
import {
  type ByteString,
  canonicalInteger,
  type Extractor,
  type FieldUse,
  type FieldValue,
} from "@falcoc/compiler/program";
import type { Event, FieldBinder } from "../event.ts";
import { genericField } from "../generic-fields.ts";
import type { Derivation, Known } from "./derivation.ts";
import { DERIVATIONS } from "./derivations.ts";
import type { FlatEvent } from "./flat-event.ts";

/** Reads fields of flat events: what is given, else what follows from it. */
export const FLAT_BINDER: FieldBinder = {
  bind: (field) => bindFlat(field) as Extractor<Event>,
};

const BY_FIELD: ReadonlyMap<string, Derivation> = new Map(DERIVATIONS.map((one) => [one.field, one]));
const SEVERAL: ReadonlyMap<string, FieldDefinition> = new Map(
  createCatalog()
    .fields(null)
    .filter(({ comparison }) => comparison === "ancestors" || comparison === "endpoints")
    .map((definition) => [definition.name, definition]),
);

function bindFlat(field: FieldUse): Extractor<FlatEvent> {
  if (field.comparison === "around") return ({ timestampNs }) => canonicalInteger(timestampNs);
  const generic = genericField<FlatEvent>(field, { plugin: null, info: () => null });
  const { text } = field;
  const place = { name: field.name, argument: field.argument };
  const derivation = BY_FIELD.get(field.name);
  const read = (event: FlatEvent) =>
    fieldValue(event, text, place, derivation) ?? notDenied(event, text, generic);
  return shownAsOne(field) ? (event) => inARow(event, field, read(event)) : read;
}

/** Fields of every event are there even when nothing is said of them, unless the event says that they are not. */
function notDenied(event: FlatEvent, text: string, generic: Extractor<FlatEvent>): FieldValue | null {
  return event.given.has(text) ? null : generic(event);
}

interface Place {
  readonly name: string;
  readonly argument: string | null;
}

function fieldValue(
  event: FlatEvent,
  text: string,
  place: Place,
  derivation: Derivation | undefined,
): FieldValue | null {
  const given = event.given.get(text);
  if (given !== undefined) return given;
  if (derivation === undefined) return null;
  const known = event.derived.get(text);
  // What two fields have from each other ends at the one that is being derived.
  if (known !== undefined || event.deriving.has(text)) return known ?? null;
  event.deriving.add(text);
  const value = derivation.derive(knowledgeOf(event), place.argument);
  event.deriving.delete(text);
  if (value !== null) event.derived.set(text, value);
  return value;
}

function knowledgeOf(event: FlatEvent): Known {
  const get = (text: string): FieldValue | null => {
    const place = placeOf(text);
    return fieldValue(event, text, place, BY_FIELD.get(place.name));
  };
  return {
    get,
    text: (text) => {
      const value = get(text);
      return typeof value === "string" ? value : null;
    },
    integer: (text) => {
      const value = get(text);
      return typeof value === "number" ? value : null;
    },
    flag: (text) => {
      const value = get(text);
      return typeof value === "boolean" ? value : null;
    },
    event: event.definition,
  };
}

/** Name and argument of a field's text: `proc.aname[2]`, `evt.arg.flags`. */
function placeOf(text: string): Place {
  const [, name = text, key, suffix] = /^(evt\.(?:raw)?arg|[^[]*)(?:\[(.*)\]|\.(.*))?$/s.exec(text) ?? [];
  return name === "evt.arg" || name === "evt.rawarg"
    ? { name, argument: key ?? suffix ?? null }
    : { name: text.split("[")[0] ?? text, argument: key ?? null };
}

/** Whether an output asks for the one text of a field that stands for several values. */
function shownAsOne({ name, argument, comparison }: FieldUse): boolean {
  return comparison === "value" && (argument === null || argument === "-1") && SEVERAL.has(name);
}

/** Ancestors in a row; of ids, that of the process itself. */
function inARow(event: FlatEvent, field: FieldUse, value: FieldValue | null): FieldValue | null {
  if (field.name === "proc.apid") return knowledgeOf(event).get("proc.pid");
  if (!Array.isArray(value)) return value;
  return value.length === 0 ? null : (value as readonly ByteString[]).join(" ");
}
