// SPDX-License-Identifier: Apache-2.0
import type { YamlMapping } from "@falcoc/parser";
import { define, type ListEntry, update } from "./collection.ts";
import { type Context, nameOf, quoted } from "./context.ts";
import { readText, readTexts, type Scope, spanOfName } from "./decode.ts";
import { hintForName } from "./hints.ts";
import type { MappedText } from "./mapped-text.ts";
import { readChanges } from "./read-override.ts";
import { type Reading, scopeOf } from "./reading.ts";

const OVERRIDABLE = { append: ["items"], replace: ["items"] };

/** Reads a list and defines it or appends to it (spec 3.5). */
export function readList(reading: Reading, node: YamlMapping, parent: Context): void {
  const { findings, collection } = reading;
  const errors = findings.errors;
  const name = readText(scopeOf(reading, node, parent, "list"), "list")?.text;
  if (name === undefined) return;
  const scope = scopeOf(reading, node, parent, "list", name);
  if (!/^[^()"'\s=,]+$/.test(name)) reportName(scope);
  const items = readTexts(scope, "items");
  const changes = readChanges(scope, OVERRIDABLE);
  if (items === null || findings.errors > errors) return;
  if (!changes.appendFlag && !changes.append.has("items")) {
    define(collection, collection.lists, {
      name,
      context: scope.context,
      nameSpan: spanOfName(scope),
      items,
    });
    return;
  }
  const previous = collection.lists.get(name);
  if (previous === undefined) reportNoPrevious(scope, name, collection.lists);
  else appendItems(reading, previous, items);
}

function appendItems({ collection }: Reading, previous: ListEntry, items: readonly MappedText[]): void {
  update(collection, collection.lists, previous, { items: [...previous.items, ...items] });
}

function reportName(scope: Scope): void {
  const { findings, context } = scope;
  const engine =
    "List has an invalid name. List names should match a regular expression: ([^()\"'[:space:]=,]+)";
  findings.warn("LOAD_INVALID_LIST_NAME", context, engine, {
    message: `${nameOf(context)} has a name that conditions cannot tell from what is around it`,
    span: spanOfName(scope),
    hint: "use a name without blanks, quotes, parentheses, commas and equals signs",
  });
}

function reportNoPrevious(scope: Scope, name: string, lists: ReadonlyMap<string, unknown>): void {
  const { findings, context } = scope;
  const engine = "List uses 'append' or 'override.items: append' but no list by that name already exists";
  findings.error("LOAD_ERR_VALIDATE", context, engine, {
    message: `no list ${quoted(name)} has been defined before, so nothing can be appended to it`,
    span: spanOfName(scope),
    hint: hintForName(name, lists.keys(), findings),
  });
}
