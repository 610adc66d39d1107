// SPDX-License-Identifier: Apache-2.0
import { type ByteString, lookup, type YamlNode } from "@falcoc/parser";
import { checkException } from "./check-exception.ts";
import { type ExceptionEntry, type RuleEntry, update } from "./collection.ts";
import { nameOf, nodeContext, quoted, spanOfNode } from "./context.ts";
import {
  readBoolean,
  readText,
  readTexts,
  readUnsigned,
  type Scope,
  spanOfName,
  spanOfValue,
} from "./decode.ts";
import { hintForName } from "./hints.ts";
import { joinTexts, type MappedText, sortedTexts } from "./mapped-text.ts";
import { readExceptions } from "./read-exceptions.ts";
import type { Changes } from "./read-override.ts";
import { readPriority } from "./read-priority.ts";
import type { Reading } from "./reading.ts";

/** Keys that a rule can append to, and those that it can replace, in the order in which they are read. */
export const APPENDABLE = ["condition", "exceptions", "output", "desc", "tags"];
export const REPLACEABLE = [
  ...APPENDABLE,
  "priority",
  "capture",
  "capture_duration",
  "enabled",
  "warn_evttypes",
  "skip-if-unknown-filter",
];

/** What an item changes of an earlier rule; what is absent stays. */
interface RuleUpdate {
  condition?: MappedText;
  exceptions?: readonly ExceptionEntry[];
  output?: MappedText;
  description?: MappedText;
  tags?: readonly MappedText[];
  others: Partial<RuleEntry>;
}

/** Applies `override` to an earlier rule: first what is appended, then what is replaced (spec 3.9). */
export function readRuleOverride(reading: Reading, scope: Scope, name: ByteString, changes: Changes): void {
  const { findings } = reading;
  const errors = findings.errors;
  if (changes.append.size > 0) {
    const appended = readUpdate(scope, changes.append, "append");
    if (findings.errors > errors) return;
    appendToRule(reading, scope, name, appended, changes.append.has("condition"));
  }
  if (changes.replace.size > 0 && findings.errors === errors) {
    const replaced = readUpdate(scope, changes.replace, "replace");
    if (findings.errors > errors) return;
    replaceInRule(reading, scope, name, replaced, changes.replace.has("condition"));
  }
  if (findings.errors === errors) reportUnexpectedKeys(scope, changes);
}

/** The old way of appending: `append: true` with condition or exceptions; all other keys are ignored. */
export function readRuleAppend(reading: Reading, scope: Scope, name: ByteString): void {
  const { findings } = reading;
  const errors = findings.errors;
  const keys = ["condition", "exceptions"].filter((key) => lookup(scope.node, key) !== null);
  const appended = readUpdate(scope, new Set(keys), "append");
  if (findings.errors === errors) appendToRule(reading, scope, name, appended, true);
}

/** Reports that a rule is already there for another source. */
export function reportOtherSource(scope: Scope, previous: RuleEntry, source: ByteString): void {
  const { context, findings } = scope;
  findings.error("LOAD_ERR_VALIDATE", context, "Rule has been re-defined with a different source", {
    message: `${nameOf(context)} is for source ${quoted(source)}, but it was defined for ${quoted(previous.source)}`,
    span: spanOfValue(scope, "source", lookup(scope.node, "source") ?? scope.node),
    related: [{ span: previous.nameSpan, message: "first defined here" }],
  });
}

function readUpdate(scope: Scope, keys: ReadonlySet<string>, operation: "append" | "replace"): RuleUpdate {
  const read: RuleUpdate = { others: {} };
  for (const key of REPLACEABLE) {
    if (!keys.has(key)) continue;
    if (lookup(scope.node, key) === null) reportAbsent(scope, key, operation);
    else readKey(scope, key, operation, read);
  }
  return read;
}

function readKey(scope: Scope, key: string, operation: "append" | "replace", read: RuleUpdate): void {
  const { others } = read;
  switch (key) {
    case "condition":
      read.condition = readText(scope, key) ?? undefined;
      return;
    case "exceptions":
      read.exceptions = readExceptions(scope, operation === "append") ?? undefined;
      return;
    case "output":
      read.output = readText(scope, key) ?? undefined;
      return;
    case "desc":
      read.description = readText(scope, key) ?? undefined;
      return;
    case "tags":
      read.tags = readTexts(scope, key) ?? undefined;
      return;
    default:
      read.others = { ...others, ...readPlainKey(scope, key) };
  }
}

/** Keys whose values simply take the place of the old ones. */
function readPlainKey(scope: Scope, key: string): Partial<RuleEntry> {
  switch (key) {
    case "priority":
      return { priority: readPriority(scope) ?? undefined };
    case "capture_duration":
      return { captureDurationMs: readUnsigned(scope, key) ?? undefined };
    case "capture":
      return { capture: readBoolean(scope, key) ?? undefined };
    case "enabled":
      return { enabled: readBoolean(scope, key) ?? undefined };
    case "warn_evttypes":
      return { warnEventTypes: readBoolean(scope, key) ?? undefined };
    default:
      return { skipIfUnknownFilter: readBoolean(scope, key) ?? undefined };
  }
}

function appendToRule(
  reading: Reading,
  scope: Scope,
  name: ByteString,
  appended: RuleUpdate,
  checksSource: boolean,
): void {
  const { collection, findings } = reading;
  const { context } = scope;
  const rule = baseRule(reading, scope, name, "append", checksSource);
  if (rule === null) return;
  const { condition, output, description, tags, exceptions } = appended;
  if (!condition && !output && !description && !tags && !exceptions) {
    const engine = "Appended rule must have exceptions or condition property";
    findings.error("LOAD_ERR_VALIDATE", context, engine, {
      message: `${nameOf(context)} has nothing to append`,
      span: spanOfName(scope),
      hint: 'give it "condition" or "exceptions"',
    });
    return;
  }
  const merged = exceptions === undefined ? rule.exceptions : mergeExceptions(reading, rule, exceptions);
  if (merged === null) return;
  update(collection, collection.rules, rule, {
    condition: condition === undefined ? rule.condition : joinTexts([rule.condition, " ", condition]),
    output: output === undefined ? rule.output : joinTexts([rule.output, " ", output]),
    description: description === undefined ? rule.description : `${rule.description} ${description.text}`,
    tags: tags === undefined ? rule.tags : [...new Set([...rule.tags, ...sortedTexts(tags)])].sort(),
    exceptions: merged,
  });
}

function replaceInRule(
  reading: Reading,
  scope: Scope,
  name: ByteString,
  replaced: RuleUpdate,
  checksSource: boolean,
): void {
  const { collection } = reading;
  const rule = baseRule(reading, scope, name, "replace", checksSource);
  if (rule === null) return;
  const { condition, output, description, tags, exceptions, others } = replaced;
  update(collection, collection.rules, rule, {
    condition: condition ?? rule.condition,
    output: output ?? rule.output,
    description: description?.text ?? rule.description,
    tags: tags === undefined ? rule.tags : sortedTexts(tags),
    exceptions: exceptions ?? rule.exceptions,
    ...others,
  });
}

/** The rule to change; null after reporting that there is none, or that it is for another source. */
function baseRule(
  reading: Reading,
  scope: Scope,
  name: ByteString,
  operation: "append" | "replace",
  checksSource: boolean,
): RuleEntry | null {
  const rule = reading.collection.rules.get(name);
  if (rule === undefined) {
    reportNoPrevious(reading, scope, name, operation);
    return null;
  }
  const source = sourceOf(scope);
  if (!checksSource || source === "" || source === rule.source) return rule;
  reportOtherSource(scope, rule, source);
  return null;
}

/** The source that a changing item names; "" when it names none. */
function sourceOf({ node }: Scope): ByteString {
  const source = lookup(node, "source");
  return source?.kind === "scalar" ? source.text : "";
}

/** Adds values to exceptions of the same name, and new exceptions behind them; null after reporting an error. */
function mergeExceptions(
  { catalog, findings }: Reading,
  rule: RuleEntry,
  added: readonly ExceptionEntry[],
): readonly ExceptionEntry[] | null {
  const errors = findings.errors;
  const merged = [...rule.exceptions];
  for (const exception of added) {
    const index = merged.findIndex(({ name }) => name === exception.name);
    const known = merged[index];
    if (known !== undefined) {
      const complaint = extensionComplaint(exception);
      if (complaint === null) merged[index] = { ...known, values: [...known.values, ...exception.values] };
      else reportException(exception, findings, ...complaint);
    } else if (exception.fields === null) {
      const engine = "Rule exception must have fields property with a list of fields";
      reportException(exception, findings, engine, "is new and has no fields");
    } else if (exception.values.length === 0) {
      const engine = "Rule exception must have values property with a list of values";
      reportException(exception, findings, engine, "is new and has no values");
    } else {
      const source = rule.unknownSource ? null : rule.source;
      const checked = checkException(exception, exception.fields, source, catalog, findings);
      if (checked !== null) merged.push(checked);
    }
  }
  return findings.errors > errors ? null : merged;
}

function extensionComplaint(exception: ExceptionEntry): [engine: string, message: string] | null {
  const given = exception.fields !== null ? "fields" : exception.comps !== null ? "comps" : null;
  if (given === null) return null;
  return [
    `Can not append exception ${given} to existing exception, only values`,
    `exists already, so that only values can be appended, no ${given}`,
  ];
}

function reportException(
  { context }: ExceptionEntry,
  findings: Reading["findings"],
  engine: string,
  message: string,
): void {
  const span = context.file.span(context.mark.offset, context.mark.offset);
  findings.error("LOAD_ERR_VALIDATE", context, engine, { message: `${nameOf(context)} ${message}`, span });
}

function reportNoPrevious(
  { collection, findings }: Reading,
  scope: Scope,
  name: ByteString,
  operation: "append" | "replace",
): void {
  const engine =
    operation === "append"
      ? "Rule uses 'append' or 'override.<key>: append' but no rule by that name already exists"
      : "An 'override.<key>: replace' to a rule was requested but no rule by that name already exists";
  findings.error("LOAD_ERR_VALIDATE", scope.context, engine, {
    message: `no rule ${quoted(name)} has been defined before, so it cannot be changed`,
    span: spanOfName(scope),
    hint: hintForName(name, collection.rules.keys(), findings),
  });
}

function reportAbsent(scope: Scope, key: string, operation: string): void {
  const { context, findings } = scope;
  const engine = `An ${operation} override for '${key}' was specified but '${key}' is not defined`;
  findings.error("LOAD_ERR_YAML_VALIDATE", context, engine, {
    message: `${nameOf(context)} wants to ${operation} "${key}", but has no "${key}"`,
    span: spanOfValue(scope, "override", lookup(scope.node, "override") ?? scope.node),
  });
}

function reportUnexpectedKeys({ node, context, findings }: Scope, { append, replace }: Changes): void {
  const present = [...REPLACEABLE].sort().filter((key) => lookup(node, key) !== null);
  for (const key of present) {
    if (append.has(key) || replace.has(key)) continue;
    const value = lookup(node, key) as YamlNode;
    const place = nodeContext(context, "overrides", value, key);
    const engine = `Unexpected key '${key}': no corresponding entry under 'override' is defined.`;
    findings.error("LOAD_ERR_YAML_VALIDATE", place, engine, {
      message: `"override" of ${nameOf(context)} does not say what to do with "${key}"`,
      span: spanOfNode(context.file, value),
      hint: `add "${key}: ${APPENDABLE.includes(key) ? "append" : "replace"}" to "override", or remove "${key}"`,
    });
  }
}
