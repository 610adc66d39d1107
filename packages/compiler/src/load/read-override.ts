// SPDX-License-Identifier: Apache-2.0
import { lookup, type RulesFile, type YamlEntry, type YamlNode } from "@falcoc/parser";
import { didYouMean } from "../suggest.ts";
import { type Context, fileContext, nameOf, nodeContext, quoted, spanOfNode } from "./context.ts";
import { readOptionalBoolean, type Scope } from "./decode.ts";
import type { Findings } from "./findings.ts";

/** Keys that an item may append to, and that it may replace. */
export interface OverridableKeys {
  readonly append: readonly string[];
  readonly replace: readonly string[];
}

/** Keys that an item's `override` asks to append to or to replace. */
export interface Overrides {
  readonly append: ReadonlySet<string>;
  readonly replace: ReadonlySet<string>;
}

/** What an item says about changing an earlier one: the old `append: true`, and `override`. */
export interface Changes extends Overrides {
  readonly appendFlag: boolean;
  readonly any: boolean;
}

export function readChanges(scope: Scope, allowed: OverridableKeys): Changes {
  const appendFlag = readAppendFlag(scope);
  const overrides = readOverrides(scope, allowed);
  const any = overrides.append.size + overrides.replace.size > 0;
  if (appendFlag && any) reportBoth(scope);
  return { ...overrides, appendFlag, any };
}

const APPEND_IS_DEPRECATED =
  "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";
const APPEND_AND_OVERRIDE =
  "Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";

function readAppendFlag(scope: Scope): boolean {
  const flag = readOptionalBoolean(scope, "append", false);
  if (!flag) return false;
  const { context, findings } = scope;
  findings.warn("LOAD_DEPRECATED_ITEM", context, APPEND_IS_DEPRECATED, {
    message: `"append: true" of ${nameOf(context)} is deprecated`,
    span: spanOfKey(scope, "append"),
    hint: 'say which keys to append to: "override: {condition: append}"',
  });
  return true;
}

function reportBoth(scope: Scope): void {
  const { context, findings } = scope;
  findings.error("LOAD_ERR_YAML_VALIDATE", context, APPEND_AND_OVERRIDE, {
    message: `${nameOf(context)} has both "append: true" and "override"`,
    span: spanOfKey(scope, "append"),
    hint: 'remove "append: true"',
  });
}

function readOverrides(scope: Scope, allowed: OverridableKeys): Overrides {
  const append = new Set<string>();
  const replace = new Set<string>();
  const value = lookup(scope.node, "override");
  if (value?.kind === "sequence" && value.items.length > 0) reportSequence(scope, value);
  if (value?.kind !== "mapping") return { append, replace };
  const context = nodeContext(scope.context, "overrides", scope.node);
  for (const entry of value.entries) {
    const key = textOf(entry.key);
    const operation = textOf(entry.value);
    if (key === null || operation === null) {
      reportBadConversion(scope.findings, scope.context.file, key === null ? entry.key : entry.value);
    } else if (operation === "append" && allowed.append.includes(key)) append.add(key);
    else if (operation === "replace" && allowed.replace.includes(key)) replace.add(key);
    else reportRefused(scope, context, entry, key, operation, allowed);
  }
  return { append, replace };
}

function reportRefused(
  { findings, context: item }: Scope,
  context: Context,
  entry: YamlEntry,
  key: string,
  operation: string,
  allowed: OverridableKeys,
): void {
  const operations = [
    ...(allowed.append.includes(key) ? ["append"] : []),
    ...(allowed.replace.includes(key) ? ["replace"] : []),
  ];
  const known = operation === "append" || operation === "replace";
  const message = `"override" of ${nameOf(item)} cannot ${known ? operation : `do ${quoted(operation)} to`} ${quoted(key)}`;
  const hint =
    operations.length > 0
      ? `"${key}" can only be: ${operations.join(", ")}`
      : (didYouMean(key, allowed.replace) ?? `these keys can be overridden: ${allowed.replace.join(", ")}`);
  const rest = { message, span: spanOfNode(item.file, known ? entry.key : entry.value), hint };
  const refusals: Readonly<Record<string, string>> = {
    append: `Key '${key}' cannot be appended to, use 'replace' instead`,
    replace: `Key '${key}' cannot be replaced`,
  };
  const refusal = refusals[operation];
  if (refusal !== undefined) {
    const keyContext = nodeContext(context, "overrides", entry.key, key);
    findings.error("LOAD_ERR_YAML_VALIDATE", keyContext, refusal, rest);
    return;
  }
  const list = operations.map((name) => `${name} `).join("");
  const engine = `Invalid override operation for key '${key}': '${operation}'. Allowed values are: ${list}`;
  findings.error("LOAD_ERR_YAML_VALIDATE", nodeContext(context, "value for", entry.value, key), engine, rest);
}

/** Names and operations of overrides: null stands for the word. */
function textOf(node: YamlNode): string | null {
  if (node.kind === "null") return "null";
  return node.kind === "scalar" ? node.text : null;
}

function reportSequence({ findings, context }: Scope, value: YamlNode): void {
  const engine =
    "invalid node; this may result from using a map iterator as a sequence iterator, or vice-versa";
  findings.error("LOAD_ERR_VALIDATE", fileContext(context.file), engine, {
    message: `"override" of ${nameOf(context)} must map keys to "append" or "replace"`,
    span: spanOfNode(context.file, value),
  });
}

function reportBadConversion(findings: Findings, file: RulesFile, node: YamlNode): void {
  const { line, column } = node.mark;
  const engine = `yaml-cpp: error at line ${line + 1}, column ${column + 1}: bad conversion`;
  findings.error("LOAD_ERR_VALIDATE", fileContext(file), engine, {
    message: 'an entry of "override" must be a single word',
    span: spanOfNode(file, node),
  });
}

function spanOfKey({ node, context }: Scope, key: string) {
  const entry = node.entries.find(({ key: name }) => name.kind === "scalar" && name.text === key);
  return spanOfNode(context.file, entry?.key ?? node);
}
