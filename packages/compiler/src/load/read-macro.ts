// SPDX-License-Identifier: Apache-2.0
import { lookup, type YamlMapping, type YamlNode } from "@falcoc/parser";
import { define, update } from "./collection.ts";
import { type Context, nameOf, nodeContext, quoted } from "./context.ts";
import { readText, type Scope, spanOfName } from "./decode.ts";
import { hintForName } from "./hints.ts";
import { joinTexts } from "./mapped-text.ts";
import { readChanges } from "./read-override.ts";
import { type Reading, scopeOf } from "./reading.ts";

const OVERRIDABLE = { append: ["condition"], replace: ["condition"] };

/** Reads a macro and defines it or appends to it (spec 3.7). */
export function readMacro(reading: Reading, node: YamlMapping, parent: Context): void {
  const { findings, collection } = reading;
  const errors = findings.errors;
  const name = readText(scopeOf(reading, node, parent, "macro"), "macro")?.text;
  if (name === undefined) return;
  const scope = scopeOf(reading, node, parent, "macro", name);
  if (!/^[a-zA-Z]+[a-zA-Z0-9_]*$/.test(name)) reportName(scope);
  const condition = readText(scope, "condition");
  const changes = readChanges(scope, OVERRIDABLE);
  if (condition === null || findings.errors > errors) return;
  const { context } = scope;
  if (!changes.appendFlag && !changes.append.has("condition")) {
    const conditionContext = nodeContext(context, "macro condition", lookup(node, "condition") as YamlNode);
    define(collection, collection.macros, {
      name,
      context,
      nameSpan: spanOfName(scope),
      condition,
      conditionContext,
    });
    return;
  }
  const previous = collection.macros.get(name);
  if (previous === undefined) {
    reportNoPrevious(scope, name, collection.macros);
    return;
  }
  update(collection, collection.macros, previous, {
    condition: joinTexts([previous.condition, " ", condition]),
  });
}

function reportName(scope: Scope): void {
  const { findings, context } = scope;
  const engine =
    "Macro has an invalid name. Macro names should match a regular expression: ([a-zA-Z]+[a-zA-Z0-9_]*)";
  findings.warn("LOAD_INVALID_MACRO_NAME", context, engine, {
    message: `${nameOf(context)} has a name that no condition can use`,
    span: spanOfName(scope),
    hint: "begin with a letter and go on with letters, digits and underscores",
  });
}

function reportNoPrevious(scope: Scope, name: string, macros: ReadonlyMap<string, unknown>): void {
  const { findings, context } = scope;
  const engine =
    "Macro uses 'append' or 'override.condition: append' but no macro by that name already exists";
  findings.error("LOAD_ERR_VALIDATE", context, engine, {
    message: `no macro ${quoted(name)} has been defined before, so nothing can be appended to it`,
    span: spanOfName(scope),
    hint: hintForName(name, macros.keys(), findings),
  });
}
