// SPDX-License-Identifier: Apache-2.0
import { scanInteger } from "../scan-integer.ts";
import type { FieldDefinition, FieldLookup } from "../types.ts";
import { prefixSearch } from "./by-prefix.ts";
import { bracketed, type FieldClassLookup, failed, found, nonexistent } from "./result.ts";

/** The class of the fields of processes and threads. */
export function processClass(fields: readonly FieldDefinition[]): FieldClassLookup {
  const search = prefixSearch(fields);
  return (text) => {
    if (text.startsWith("arg")) return failed("filter error: proc.arg filter not implemented yet");
    const field = search(text);
    if (field === null) return null;
    switch (field.argument.form) {
      case "index":
        return withIndex(text, field);
      case "index-or-key":
        return withIndexOrKey(text, field);
      case "suffix":
        return withSubsystem(text, field);
      default:
        return field.name === text ? found(field, text, null) : nonexistent(text);
    }
  };
}

/** A bad index is the same as an unknown field. */
function withIndex(text: string, field: FieldDefinition): FieldLookup {
  if (text === field.name) return found(field, text, null);
  const argument = bracketed(text, field.name);
  if (argument === null) return nonexistent(text);
  const level = scanInteger(argument, 32, true);
  if (level === null) return nonexistent(text);
  return found(level === ANY_LEVEL ? field : asValue(field), text, argument);
}

/** The level that stands for "no level given". */
const ANY_LEVEL = -1n;

/** With the name of a variable the value is a single one; with a number it is compared as without argument. */
function withIndexOrKey(text: string, field: FieldDefinition): FieldLookup {
  if (text === field.name) return found(field, text, null);
  const argument = bracketed(text, field.name);
  if (argument === null) return nonexistent(text);
  return found(/^[0-9]*$/.test(argument) ? field : asValue(field), text, argument);
}

function withSubsystem(text: string, field: FieldDefinition): FieldLookup {
  if (text[field.name.length] !== ".") return failed(`filter syntax error: ${text}`);
  const subsystem = text.slice(field.name.length + 1);
  return /^[A-Za-z_]*$/.test(subsystem) ? found(field, text, subsystem) : nonexistent(text);
}

function asValue(field: FieldDefinition): FieldDefinition {
  return field.comparison === "value" ? field : { ...field, comparison: "value" };
}
