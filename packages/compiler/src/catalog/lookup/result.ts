// SPDX-License-Identifier: Apache-2.0
import type { FieldDefinition, FieldLookup } from "../types.ts";

/**
 * How one class of fields answers for a text: null when none of its names is a prefix of the text, so that the next
 * class is asked; else its answer is final.
 */
export type FieldClassLookup = (text: string) => FieldLookup | null;

export function found(definition: FieldDefinition, text: string, argument: string | null): FieldLookup {
  const { type, isList, comparison } = definition;
  return { ok: true, field: { definition, text, argument, type, isList, comparison } };
}

export function failed(message: string): FieldLookup {
  return { ok: false, message };
}

export function nonexistent(text: string): FieldLookup {
  return failed(`filter_check called with nonexistent field ${text}`);
}

/** The argument in the brackets that directly follow a name and end the text; null when they do not. */
export function bracketed(text: string, name: string): string | null {
  if (text[name.length] !== "[" || text.indexOf("]", name.length) !== text.length - 1) return null;
  return text.slice(name.length + 1, -1);
}
