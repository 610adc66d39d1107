// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText, lookup, type YamlMapping, type YamlNode } from "@falcoc/parser";
import { KERNEL_SOURCE } from "../catalog/index.ts";
import { didYouMean } from "../suggest.ts";
import { checkException } from "./check-exception.ts";
import { define, type ExceptionEntry, type RuleEntry } from "./collection.ts";
import { type Context, nameOf, nodeContext, quoted } from "./context.ts";
import {
  readBoolean,
  readOptionalBoolean,
  readOptionalText,
  readOptionalUnsigned,
  readText,
  readTexts,
  type Scope,
  spanOfName,
  spanOfValue,
} from "./decode.ts";
import { hintForName } from "./hints.ts";
import { type MappedText, sliceText, sortedTexts } from "./mapped-text.ts";
import { readExceptions } from "./read-exceptions.ts";
import { readChanges } from "./read-override.ts";
import { readPriority } from "./read-priority.ts";
import {
  APPENDABLE,
  REPLACEABLE,
  readRuleAppend,
  readRuleOverride,
  reportOtherSource,
} from "./read-rule-update.ts";
import { type Reading, scopeOf } from "./reading.ts";

/** Reads a rule in one of its four forms: override, append, enabled, or definition (spec 3.8). */
export function readRule(reading: Reading, node: YamlMapping, parent: Context): void {
  const name = readText(scopeOf(reading, node, parent, "rule"), "rule")?.text;
  if (name === undefined) return;
  const scope = scopeOf(reading, node, parent, "rule", name);
  const errors = reading.findings.errors;
  const changes = readChanges(scope, { append: APPENDABLE, replace: REPLACEABLE });
  if (reading.findings.errors > errors) return;
  if (changes.any) readRuleOverride(reading, scope, name, changes);
  else if (changes.appendFlag) readRuleAppend(reading, scope, name);
  else if (isOnlyEnabled(node)) readEnabled(reading, scope, name);
  else readDefinition(reading, scope, name);
}

function isOnlyEnabled(node: YamlMapping): boolean {
  return ["condition", "output", "desc", "priority"].every((key) => lookup(node, key) === null);
}

const ENABLED_IS_DEPRECATED =
  "The standalone 'enabled' key usage is deprecated. The correct approach requires also a 'replace' entry under the 'override' key (i.e. 'enabled: replace').";

function readEnabled({ collection, findings }: Reading, scope: Scope, name: ByteString): void {
  const enabled = readBoolean(scope, "enabled");
  if (enabled === null) return;
  const { context } = scope;
  const span = spanOfName(scope);
  findings.warn("LOAD_DEPRECATED_ITEM", context, ENABLED_IS_DEPRECATED, {
    message: `${nameOf(context)} has "enabled" alone, which is deprecated`,
    span,
    hint: 'add "override: {enabled: replace}"',
  });
  const rule = collection.rules.get(name);
  if (rule !== undefined) {
    collection.rules.set(name, { ...rule, enabled });
    return;
  }
  const engine = "Rule has 'enabled' key but no rule by that name already exists";
  findings.error("LOAD_ERR_VALIDATE", context, engine, {
    message: `no rule ${quoted(name)} has been defined before, so it cannot be ${enabled ? "enabled" : "disabled"}`,
    span,
    hint: hintForName(name, collection.rules.keys(), findings),
  });
}

function readDefinition(reading: Reading, scope: Scope, name: ByteString): void {
  const { findings, collection, catalog } = reading;
  const errors = findings.errors;
  const { node, context } = scope;
  const condition = readText(scope, "condition");
  const output = readText(scope, "output");
  const description = readText(scope, "desc");
  const priority = readPriority(scope);
  const source = readOptionalText(scope, "source")?.text ?? KERNEL_SOURCE;
  const flags = readFlags(scope);
  const tags = lookup(node, "tags") === null ? [] : readTexts(scope, "tags");
  const read = readExceptions(scope, false);
  const complete = condition && output && description && priority && tags && read;
  if (!complete || findings.errors > errors) return;
  const previous = collection.rules.get(name);
  if (previous !== undefined && previous.source !== source) {
    reportOtherSource(scope, previous, source);
    return;
  }
  const unknownSource = !catalog.sources.includes(source);
  if (unknownSource) reportUnknownSource(scope, source, catalog.sources);
  const exceptions = checkDefined(reading, read, unknownSource ? null : source);
  if (findings.errors > errors) return;
  const rule: Omit<RuleEntry, "index" | "visibility"> = {
    name,
    context,
    nameSpan: spanOfName(scope),
    condition,
    conditionContext: nodeContext(context, "rule condition", lookup(node, "condition") as YamlNode),
    output: trimmed(output),
    outputContext: nodeContext(context, "rule output", lookup(node, "output") as YamlNode),
    description: description.text,
    priority,
    source,
    unknownSource,
    tags: sortedTexts(tags),
    exceptions,
    ...flags,
  };
  define(collection, collection.rules, rule);
}

type Flags = Pick<
  RuleEntry,
  "enabled" | "capture" | "captureDurationMs" | "warnEventTypes" | "skipIfUnknownFilter"
>;

function readFlags(scope: Scope): Flags {
  return {
    enabled: readOptionalBoolean(scope, "enabled", true),
    capture: readOptionalBoolean(scope, "capture", false),
    captureDurationMs: readOptionalUnsigned(scope, "capture_duration", 0),
    warnEventTypes: readOptionalBoolean(scope, "warn_evttypes", true),
    skipIfUnknownFilter: readOptionalBoolean(scope, "skip-if-unknown-filter", false),
  };
}

function checkDefined(
  { catalog, findings }: Reading,
  exceptions: readonly ExceptionEntry[],
  source: ByteString | null,
): readonly ExceptionEntry[] {
  return exceptions.flatMap((exception) => {
    if (exception.fields !== null)
      return checkException(exception, exception.fields, source, catalog, findings) ?? [];
    const engine = "Rule exception item must have fields property with a list of fields";
    const { context } = exception;
    findings.error("LOAD_ERR_VALIDATE", context, engine, {
      message: `${nameOf(context)} has no fields`,
      span: context.file.span(context.mark.offset, context.mark.offset),
    });
    return [];
  });
}

function reportUnknownSource(scope: Scope, source: ByteString, known: readonly string[]): void {
  const { context, findings } = scope;
  const value = lookup(scope.node, "source") as YamlNode;
  findings.warn("LOAD_UNKNOWN_SOURCE", context, `Unknown source ${source}, skipping`, {
    message: `no event source ${quoted(source)} is loaded, so ${nameOf(context)} is not used`,
    span: spanOfValue(scope, "source", value),
    hint: didYouMean(decodeText(source), known),
  });
}

/** Outputs lose the blanks around them. */
function trimmed(output: MappedText): MappedText {
  const start = /^[ \t\n\v\f\r]*/.exec(output.text)?.[0].length ?? 0;
  const end = start + output.text.slice(start).replace(/[ \t\n\v\f\r]+$/, "").length;
  return sliceText(output, start, end);
}
