// SPDX-License-Identifier: Apache-2.0
import { scanInteger } from "../scan-integer.ts";
import type { FieldDefinition, FieldLookup } from "../types.ts";
import { prefixSearch } from "./by-prefix.ts";
import { bracketed, type FieldClassLookup, failed, found, nonexistent } from "./result.ts";

/** The class of the fields of descriptors. */
export function fdClass(fields: readonly FieldDefinition[]): FieldClassLookup {
  const search = prefixSearch(fields);
  return (text) => {
    const field = search(text);
    if (field === null) return null;
    if (field.name === text) return found(field, text, null);
    return field.argument.need === "none" ? nonexistent(text) : withNumber(text, field);
  };
}

function withNumber(text: string, field: FieldDefinition): FieldLookup {
  const argument = bracketed(text, field.name);
  if (argument === null) return nonexistent(text);
  if (scanInteger(argument, 32, true) === null) return failed(`${argument} is not a valid number`);
  return found(field, text, argument);
}
