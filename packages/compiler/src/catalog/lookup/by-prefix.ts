// SPDX-License-Identifier: Apache-2.0
import type { FieldDefinition } from "../types.ts";
import { type FieldClassLookup, found, nonexistent } from "./result.ts";

/** Finds the field with the longest name that is a prefix of a text. */
export type PrefixSearch = (text: string) => FieldDefinition | null;

export function prefixSearch(fields: readonly FieldDefinition[]): PrefixSearch {
  const exact = new Map(fields.map((field) => [field.name, field]));
  const families = byFamily(fields);
  return (text) => exact.get(text) ?? longest(families.get(familyOf(text)) ?? [], text);
}

/** A class whose fields take no arguments. */
export function plainClass(fields: readonly FieldDefinition[]): FieldClassLookup {
  const search = prefixSearch(fields);
  return (text) => {
    const field = search(text);
    if (field === null) return null;
    return field.name === text ? found(field, text, null) : nonexistent(text);
  };
}

function byFamily(fields: readonly FieldDefinition[]): ReadonlyMap<string, readonly FieldDefinition[]> {
  const families = new Map<string, FieldDefinition[]>();
  for (const field of fields) {
    const family = families.get(familyOf(field.name));
    if (family === undefined) families.set(familyOf(field.name), [field]);
    else family.push(field);
  }
  return families;
}

/** Part up to the first dot, which every name has. */
function familyOf(text: string): string {
  return text.slice(0, text.indexOf(".") + 1);
}

function longest(fields: readonly FieldDefinition[], text: string): FieldDefinition | null {
  let best: FieldDefinition | null = null;
  for (const field of fields) {
    if (text.startsWith(field.name) && field.name.length > (best?.name.length ?? 0)) best = field;
  }
  return best;
}
