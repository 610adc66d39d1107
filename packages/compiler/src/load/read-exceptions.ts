// SPDX-License-Identifier: Apache-2.0
import { type ByteString, lookup, type YamlMapping, type YamlNode } from "@falcoc/parser";
import { didYouMean } from "../suggest.ts";
import type { ExceptionEntry, ExceptionPart } from "./collection.ts";
import { type Context, nameOf, nodeContext, quoted, spanOfNode } from "./context.ts";
import { readText, type Scope, spanOfName } from "./decode.ts";
import type { Findings } from "./findings.ts";
import { EMPTY_TEXT, sliceText, textOfScalar } from "./mapped-text.ts";

const KEYS = ["name", "fields", "comps", "values"];

/**
 * Reads the exceptions of a rule (spec 3.10); no key, or null, gives none. When they are to be appended to those
 * of an earlier rule, they need no fields. null after reporting a value of the wrong kind.
 */
export function readExceptions(rule: Scope, appended: boolean): readonly ExceptionEntry[] | null {
  const { context, findings } = rule;
  const value = lookup(rule.node, "exceptions");
  if (value === null || value.kind === "null") return [];
  const list = nodeContext(context, "exceptions", value);
  const span = spanOfNode(context.file, value);
  if (value.kind !== "sequence") {
    findings.error("LOAD_ERR_YAML_VALIDATE", list, "Rule exceptions must be a sequence", {
      message: `"exceptions" of ${nameOf(context)} must be a list`,
      span,
    });
    return null;
  }
  const exceptions: ExceptionEntry[] = [];
  for (const node of value.items) {
    const exception = readException(rule, list, node, exceptions, appended);
    if (exception !== null) exceptions.push(exception);
  }
  return exceptions;
}

function readException(
  rule: Scope,
  list: Context,
  node: YamlNode,
  earlier: readonly ExceptionEntry[],
  appended: boolean,
): ExceptionEntry | null {
  const { findings } = rule;
  const nameless = nodeContext(list, "exception", node);
  if (node.kind !== "mapping") {
    findings.error("LOAD_ERR_YAML_VALIDATE", nameless, "Rule exception must be a mapping", {
      message: `an exception of ${nameOf(rule.context)} is no mapping`,
      span: spanOfNode(list.file, node),
      hint: 'each exception has the keys "name", "fields", "comps", "values"',
    });
    return null;
  }
  const name = readText({ node, context: nameless, findings }, "name")?.text;
  if (name === undefined) return null;
  const scope: Scope = { node, findings, context: nodeContext(rule.context, "exception", node, name) };
  if (earlier.some((other) => other.name === name)) reportSameName(scope, name);
  const fields = readPart(scope, "fields", !appended);
  const comps = readPart(scope, "comps", false);
  return {
    name,
    context: scope.context,
    fields,
    comps: comps === null ? null : trimmed(comps),
    values: readValues(scope, appended),
  };
}

/** Fields or comps; null when they are absent, empty, or neither a text nor a list. */
function readPart({ node, context, findings }: Scope, key: string, required: boolean): ExceptionPart | null {
  const value = lookup(node, key);
  if (value === null) {
    if (required) reportMissing({ node, context, findings }, key);
    return null;
  }
  const part = partOf(value, nodeContext(context, "value for", value, key), findings);
  return part.kind === "list" ? nonEmpty(part, part.parts.length) : nonEmpty(part, part.text.text.length);
}

function nonEmpty(part: ExceptionPart, size: number): ExceptionPart | null {
  return size === 0 ? null : part;
}

function partOf(node: YamlNode, context: Context, findings: Findings): ExceptionPart {
  if (node.kind === "sequence") {
    const parts = node.items.map((item) => {
      const outer = nodeContext(context, "exception", item);
      return partOf(item, nodeContext(outer, "value for", item), findings);
    });
    return { kind: "list", parts };
  }
  if (node.kind !== "scalar") return { kind: "text", text: EMPTY_TEXT };
  if (node.text === "") {
    findings.error("LOAD_ERR_YAML_VALIDATE", context, "Value must be non-empty", {
      message: `a value of ${nameOf(context)} is empty`,
      span: spanOfNode(context.file, node),
      hint: "to compare with the empty text, put it in two pairs of quotes: '\"\"'",
    });
  }
  return { kind: "text", text: textOfScalar(context.file, node) };
}

/** Operators are written with as many blanks around them as one likes. */
function trimmed(part: ExceptionPart): ExceptionPart {
  if (part.kind === "list") return { kind: "list", parts: part.parts.map(trimmed) };
  const { text } = part.text;
  const start = text.length - text.trimStart().length;
  return { kind: "text", text: sliceText(part.text, start, start + text.trim().length) };
}

function readValues(scope: Scope, appended: boolean): readonly ExceptionPart[] {
  const { node, context, findings } = scope;
  const values = lookup(node, "values");
  if (values === null) {
    if (appended) reportNoValues(scope);
    return [];
  }
  const list = nodeContext(context, "exception values", values);
  if (values.kind !== "sequence") {
    findings.error("LOAD_ERR_YAML_VALIDATE", list, "Rule exception values must be a sequence", {
      message: `"values" of ${nameOf(context)} must be a list`,
      span: spanOfNode(context.file, values),
    });
    return [];
  }
  return values.items.map((value) => {
    const outer = nodeContext(list, "exception value", value);
    return partOf(value, nodeContext(outer, "value for", value), findings);
  });
}

function reportMissing(scope: Scope, key: string): void {
  const { node, context, findings } = scope;
  findings.error("LOAD_ERR_YAML_VALIDATE", context, `Item has no mapping for key '${key}'`, {
    message: `${nameOf(context)} has no "${key}"`,
    span: spanOfName(scope),
    hint: mistyped(node, key),
  });
}

function reportSameName(scope: Scope, name: ByteString): void {
  const { context, findings } = scope;
  const engine = `Multiple definitions of exception '${name}' in the same rule`;
  findings.warn("LOAD_EXCEPTION_NAME_NOT_UNIQUE", context, engine, {
    message: `${nameOf(context.parent ?? context)} has several exceptions ${quoted(name)}`,
    span: spanOfName(scope),
    hint: "values appended later go to the first one; give each a name of its own",
  });
}

function reportNoValues(scope: Scope): void {
  const { node, context, findings } = scope;
  findings.warn("LOAD_APPEND_NO_VALUES", context, "Overriding/appending exception with no values", {
    message: `${nameOf(context)} has no "values" to append`,
    span: spanOfName(scope),
    hint: mistyped(node, "values"),
  });
}

/** Looks for a key that was meant to be another one. */
function mistyped(node: YamlMapping, key: string): string | undefined {
  const unknown = node.entries.flatMap((entry) =>
    entry.key.kind === "scalar" && !KEYS.includes(entry.key.text) ? [entry.key.text] : [],
  );
  const written = unknown.find((name) => didYouMean(name, [key]) !== undefined);
  return written === undefined ? undefined : `"${written}" is no key of an exception; did you mean "${key}"?`;
}
