// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "../events/index.ts";
import { longestParameter } from "../parameters.ts";
import { scanInteger } from "../scan-integer.ts";
import type { FieldDefinition, FieldLookup } from "../types.ts";
import { plainClass } from "./by-prefix.ts";
import { bracketed, type FieldClassLookup, failed, found, nonexistent } from "./result.ts";

/** The class of the fields of kernel events, some of which take arguments in ways of their own. */
export function evtClass(fields: readonly FieldDefinition[]): FieldClassLookup {
  const plain = plainClass(fields);
  const special = SPECIAL.flatMap(({ name, lookUp }) => {
    const definition = fields.find((field) => field.name === name);
    return definition === undefined ? [] : [{ definition, lookUp }];
  });
  return (text) => {
    if (text.startsWith("evt.args")) return plain(text);
    const match = special.find(({ definition }) => text.startsWith(definition.name));
    return match === undefined ? plain(text) : match.lookUp(text, match.definition);
  };
}

type SpecialLookup = (text: string, definition: FieldDefinition) => FieldLookup;

const SPECIAL: readonly { readonly name: string; readonly lookUp: SpecialLookup }[] = [
  { name: "evt.arg", lookUp: argument },
  { name: "evt.rawarg", lookUp: rawArgument },
  { name: "evt.around", lookUp: around },
  { name: "evt.abspath", lookUp: absolutePath },
  { name: "evt.type.is", lookUp: typeIs },
];

function argument(text: string, definition: FieldDefinition): FieldLookup {
  const { name } = definition;
  if (text[name.length] === "[") return numbered(text, definition, true);
  if (text[name.length] !== ".") return syntaxError(text);
  const suffix = text.slice(name.length + 1);
  const parameter = longestParameter(suffix);
  if (parameter === null) return failed(`unknown event argument ${suffix}`);
  return parameter.name === suffix ? found(definition, text, suffix) : nonexistent(text);
}

/** Takes type and number format of the first event that has the parameter. */
function rawArgument(text: string, definition: FieldDefinition): FieldLookup {
  const { name } = definition;
  if (text[name.length] === "[") return failed("evt.arg fields must be expressed explicitly");
  if (text[name.length] !== ".") return syntaxError(text);
  const suffix = text.slice(name.length + 1);
  const parameter = longestParameter(suffix);
  if (parameter === null) return failed(`unknown event argument ${suffix}`);
  if (parameter.name !== suffix) return nonexistent(text);
  return found({ ...definition, type: parameter.type, print: parameter.print }, text, suffix);
}

function around(text: string, definition: FieldDefinition): FieldLookup {
  const next = text[definition.name.length];
  if (next === "[") return numbered(text, definition, false);
  return next === "." ? failed("wrong syntax for evt.around") : syntaxError(text);
}

function numbered(text: string, definition: FieldDefinition, signed: boolean): FieldLookup {
  const { name } = definition;
  const end = text.indexOf("]");
  const number = end < 0 ? text.slice(name.length + 1) : text.slice(name.length + 1, end);
  if (scanInteger(number, 64, signed) === null) return failed(`${number} is not a valid number`);
  return bracketed(text, name) === null ? nonexistent(text) : found(definition, text, number);
}

function absolutePath(text: string, definition: FieldDefinition): FieldLookup {
  if (text === definition.name) return found(definition, text, null);
  const suffix = text.slice(definition.name.length);
  return suffix === ".src" || suffix === ".dst"
    ? found(definition, text, suffix.slice(1))
    : nonexistent(text);
}

/** A number after the dot is the code of an event itself. */
function typeIs(text: string, definition: FieldDefinition): FieldLookup {
  const { name } = definition;
  if (text[name.length] !== ".") return syntaxError(text);
  const suffix = text.slice(name.length + 1);
  const known = scanInteger(suffix, 32, false) !== null || EVENTS.some((event) => event.name === suffix);
  return known ? found(definition, text, suffix) : nonexistent(text);
}

function syntaxError(text: string): FieldLookup {
  return failed(`filter syntax error: ${text}`);
}
