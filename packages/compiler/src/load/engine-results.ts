// SPDX-License-Identifier: Apache-2.0
import type { EngineLocation } from "@falcoc/parser";
import { LOAD_CODES, type LoadCodeName, loadLabel } from "./load-codes.ts";
import type { EngineItem, LoadResult } from "./load-result.ts";

/**
 * The JSON document that the engine's validation prints, on one line, keys sorted: one result a file, in load order.
 * `description`, what describing the rules gives, is part of it where it was asked for and all files are valid.
 */
export function engineResults(loads: readonly LoadResult[], description?: unknown): string {
  const results = {
    ...(description === undefined ? {} : { falco_describe_results: description }),
    falco_load_results: loads.map(toJson),
  };
  return JSON.stringify(sortKeys(results));
}

function toJson(load: LoadResult): unknown {
  const { status, warnings } = load.schema;
  return {
    name: load.name,
    successful: load.successful,
    ...(status === "none" ? {} : { schema_valid: status === "ok" }),
    schema_warnings: warnings,
    errors: load.errors.map((item) => itemJson(item, loadLabel(item.code))),
    warnings: load.warnings.map((item) => itemJson(item, explanation(item.code))),
  };
}

function itemJson({ code, report }: EngineItem, codedesc: string): unknown {
  return {
    code,
    codedesc,
    message: report.message,
    context: {
      locations: report.locations.map(({ itemType, itemName, position }) => ({
        item_type: itemType,
        item_name: itemName,
        position,
      })),
      snippet: report.snippet,
    },
    ...(report.deprecatedField === undefined ? {} : { deprecated_field: report.deprecatedField }),
  };
}

function explanation(code: string): string {
  return code in LOAD_CODES ? LOAD_CODES[code as LoadCodeName].explanation : code;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, one]) => [key, sortKeys(one)]),
  );
}

/** The engine's text for one load: `NAME: Ok`, `Ok, with warnings` or `Invalid`, and in the verbose form every item. */
export function loadSummary(load: LoadResult, verbose: boolean): string {
  const verdict = !load.successful ? "Invalid" : load.warnings.length > 0 ? "Ok, with warnings" : "Ok";
  const heading = `${load.name}: ${verdict}`;
  return verbose ? verboseSummary(load, heading) : shortSummary(load, heading);
}

function shortSummary(load: LoadResult, heading: string): string {
  const schema = load.schema.warnings;
  const labels = (items: readonly EngineItem[]): string =>
    items.map((one) => `${one.code} (${label(one)})`).join(" ");
  const lines = [heading];
  if (schema.length > 0) lines.push(` ${schema.length} schema warnings: [ ${schema.join(" ")} ]`);
  if (load.errors.length > 0) lines.push(` ${load.errors.length} errors: [${labels(load.errors)}]`);
  if (load.warnings.length > 0) lines.push(` ${load.warnings.length} warnings: [${labels(load.warnings)}]`);
  return lines.join("\n");
}

function verboseSummary(load: LoadResult, heading: string): string {
  const lines = [heading];
  const block = (title: string, entries: readonly string[]): void => {
    if (entries.length > 0) lines.push(`${entries.length} ${title}:`, ...entries);
  };
  block("Schema warnings", load.schema.warnings);
  block("Errors", load.errors.map(verboseItem));
  block("Warnings", load.warnings.map(verboseItem));
  return lines.join("\n");
}

function verboseItem(item: EngineItem): string {
  const { report, code } = item;
  const chain = report.locations.map(
    (location, depth) => `${depth === 0 ? "" : "    "}${locationText(location)}`,
  );
  return [
    ...chain,
    "------",
    report.snippet.replace(/\n$/, ""),
    "------",
    `${code} (${label(item)}): ${report.message}`,
  ].join("\n");
}

function locationText({ itemType, itemName, position }: EngineLocation): string {
  return `In ${itemType} '${itemName}': (${position.name}:${position.line}:${position.column})`;
}

function label({ code, report }: EngineItem): string {
  const field = report.deprecatedField === undefined ? "" : `: field '${report.deprecatedField}'`;
  return `${loadLabel(code)}${field}`;
}
