// SPDX-License-Identifier: Apache-2.0
import type { FieldDefinition, FieldLookup } from "../types.ts";
import { prefixSearch } from "./by-prefix.ts";
import { type FieldClassLookup, failed, found, nonexistent } from "./result.ts";

/** The class of one plugin's fields. */
export function pluginClass(fields: readonly FieldDefinition[]): FieldClassLookup {
  const search = prefixSearch(fields);
  return (text) => {
    const field = search(text);
    if (field === null) return null;
    const open = text.indexOf("[");
    if (open < 0) return withoutArgument(text, field);
    return open === field.name.length ? withArgument(text, field) : null;
  };
}

function withoutArgument(text: string, field: FieldDefinition): FieldLookup {
  if (field.argument.need === "required") {
    return failed(`filter '${text}': ${field.name} requires an argument but none provided`);
  }
  return field.name === text ? found(field, text, null) : nonexistent(text);
}

/** The engine reads a plugin's field up to the first blank only, so an argument cannot hold one. */
function withArgument(text: string, field: FieldDefinition): FieldLookup {
  const open = field.name.length;
  const blank = text.indexOf(" ");
  const close = text.indexOf("]", open);
  if (close < 0 || (blank >= 0 && blank < close)) {
    return failed(`filter '${text}': ${field.name} has unbalanced argument brackets`);
  }
  const argument = text.slice(open + 1, close);
  if (field.argument.need === "none") {
    return failed(
      `filter '${text}': ${field.name} does not allow nor require an argument but one is provided: ${argument}`,
    );
  }
  const problem = field.argument.form === "index" ? indexProblem(argument) : null;
  if (problem !== null)
    return failed(`filter ${text} ${field.name} has an invalid index argument ${problem}: ${argument}`);
  return close === text.length - 1 ? found(field, text, argument) : nonexistent(text);
}

function indexProblem(argument: string): string | null {
  if (/[^0-9]/.test(argument)) return "not composed only by digits";
  if (argument === "" || (argument.length > 1 && argument.startsWith("0"))) return "starting with 0";
  return argument.length > INDEX_DIGITS_MAX || BigInt(argument) > INDEX_MAX
    ? "not representable on 64 bit"
    : null;
}

const INDEX_DIGITS_MAX = 20;
const INDEX_MAX = (1n << 64n) - 1n;
