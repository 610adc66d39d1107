// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import {
  ALL_EVENT_TYPES,
  type AppendOutput,
  type CompileResult,
  compile,
  type EngineItem,
  eventTypeNames,
  type LoadResult,
  parsePriority,
} from "@falcoc/compiler";
import type { SourceFile } from "@falcoc/parser";

/** Outcome of loading rules files, as the corpus records it. */
export interface ExpectedLoad {
  readonly valid: boolean;
  readonly files_ok?: readonly boolean[];
  readonly errors: readonly ExpectedItem[];
  readonly warnings: readonly ExpectedItem[];
  readonly warnings_absent?: readonly string[];
  readonly schema: string | readonly string[];
  readonly schema_warnings?: readonly unknown[];
  readonly enabled_rules?: number;
  readonly required_engine_version?: string;
  readonly required_plugin_versions?: unknown;
  readonly compiled?: Readonly<Record<string, string>>;
  readonly compiled_output?: Readonly<Record<string, string>>;
  readonly rules?: Readonly<Record<string, Record<string, unknown>>>;
  readonly macros?: Readonly<Record<string, Record<string, unknown>>>;
  readonly lists?: Readonly<Record<string, Record<string, unknown>>>;
}

interface ExpectedItem {
  readonly code: string;
  readonly message_contains?: string;
  readonly item_type: string;
  readonly item_name?: string;
  readonly locations: readonly Record<string, unknown>[];
  readonly snippet?: string;
  readonly file?: string;
}

interface CaseConfig {
  readonly priority?: string;
  readonly append_output?: readonly {
    readonly match?: AppendOutput["match"];
    readonly extra_output?: string;
    readonly extra_fields?: AppendOutput["extraFields"];
  }[];
}

/** Loads files in order and lists every difference from what is expected; null without any. */
export function compareLoad(
  files: readonly SourceFile[],
  plugins: readonly string[],
  expected: ExpectedLoad,
  config: CaseConfig = {},
): string | null {
  const result = compile(files, {
    plugins,
    priority: parsePriority(config.priority ?? "DEBUG") ?? "Debug",
    appendOutput: (config.append_output ?? []).map((entry) => ({
      match: entry.match,
      extraOutput: entry.extra_output,
      extraFields: entry.extra_fields,
    })),
  });
  const differences = new Differences();
  const { loads } = result;
  differences.compare(
    "valid",
    loads.every(({ successful }) => successful),
    expected.valid,
  );
  if (expected.files_ok) {
    differences.compare(
      "files_ok",
      loads.map(({ successful }) => successful),
      expected.files_ok,
    );
  }
  compareItems(differences, "errors", loads, ({ errors }) => errors, expected.errors);
  compareItems(differences, "warnings", loads, ({ warnings }) => warnings, expected.warnings);
  for (const text of expected.warnings_absent ?? []) {
    const found = loads.some(({ warnings }) => warnings.some(({ report }) => report.message.includes(text)));
    differences.compare(`warning with ${text}`, found, false);
  }
  compareSchema(differences, loads, expected);
  if (expected.valid) compareDescription(differences, result, expected);
  return differences.text();
}

class Differences {
  readonly #lines: string[] = [];

  compare(what: string, ours: unknown, theirs: unknown): void {
    if (isDeepStrictEqual(ours, theirs)) return;
    this.#lines.push(`${what}: ours ${JSON.stringify(ours)}, expected ${JSON.stringify(theirs)}`);
  }

  text(): string | null {
    return this.#lines.length === 0 ? null : this.#lines.join("\n");
  }
}

function compareItems(
  differences: Differences,
  what: string,
  loads: readonly LoadResult[],
  itemsOf: (load: LoadResult) => readonly EngineItem[],
  expected: readonly ExpectedItem[],
): void {
  const items = loads.flatMap((load) => itemsOf(load).map((item) => ({ item, file: load.name })));
  differences.compare(
    what,
    items.map(({ item }) => item.code),
    expected.map(({ code }) => code),
  );
  items.forEach(({ item: { report }, file }, i) => {
    const theirs = expected[i];
    if (theirs === undefined) return;
    const places = report.locations.map(
      ({ itemType, itemName, position: { name, line, column, offset } }) => ({
        item_type: itemType,
        item_name: itemName,
        line,
        column,
        offset,
        name,
      }),
    );
    differences.compare(`${what}[${i}].locations`, places, theirs.locations);
    if (theirs.snippet !== undefined)
      differences.compare(`${what}[${i}].snippet`, report.snippet, theirs.snippet);
    if (theirs.file !== undefined) differences.compare(`${what}[${i}].file`, file, theirs.file);
    const contained = theirs.message_contains ?? "";
    if (!report.message.includes(contained)) {
      differences.compare(`${what}[${i}].message`, report.message, contained);
    }
  });
}

function compareSchema(differences: Differences, loads: readonly LoadResult[], expected: ExpectedLoad): void {
  const statuses = loads.map(({ schema }) => schema.status);
  const theirs = Array.isArray(expected.schema) ? expected.schema : [expected.schema];
  differences.compare("schema", statuses.slice(0, theirs.length), theirs);
  if (expected.schema_warnings === undefined) return;
  const warnings = loads.flatMap(({ schema }) => schema.warnings);
  differences.compare("schema_warnings", warnings, expected.schema_warnings.flat());
}

function compareDescription(
  differences: Differences,
  { description, ruleset }: CompileResult,
  expected: ExpectedLoad,
): void {
  const { rules, macros, lists } = description;
  const record = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
    Object.fromEntries(entries);
  if (expected.enabled_rules !== undefined) {
    const enabled = ruleset.rules.filter((rule) => rule.enabled).length;
    differences.compare("enabled_rules", enabled, expected.enabled_rules);
  }
  if (expected.required_engine_version !== undefined) {
    const ours = description.required_engine_version;
    differences.compare("required_engine_version", ours, expected.required_engine_version);
  }
  if (expected.required_plugin_versions !== undefined) {
    const ours = description.required_plugin_versions;
    differences.compare("required_plugin_versions", ours, expected.required_plugin_versions);
  }
  if (expected.compiled !== undefined) {
    const ours = record(rules.map(({ info, details }) => [info.name, details.condition_compiled]));
    compareRecords(differences, "compiled", ours, expected.compiled);
  }
  if (expected.compiled_output !== undefined) {
    const ours = record(rules.map(({ info, details }) => [info.name, details.output_compiled]));
    compareRecords(differences, "compiled_output", ours, expected.compiled_output);
  }
  if (expected.rules !== undefined) {
    const ours = record(rules.map((rule) => [rule.info.name, flatRule(rule)]));
    compareRecords(differences, "rules", ours, expected.rules);
  }
  if (expected.macros !== undefined) {
    const ours = macros.map(({ info, details }) => {
      const events = abbreviated(details.events);
      const { used, condition_compiled: compiled } = details;
      return [info.name, { condition: info.condition, compiled, used, events }] as const;
    });
    compareRecords(differences, "macros", record(ours), expected.macros);
  }
  if (expected.lists !== undefined) {
    const ours = lists.map(({ info, details }) => {
      const { used, items_compiled, lists: inner } = details;
      return [info.name, { items: info.items, items_compiled, used, lists: inner }] as const;
    });
    compareRecords(differences, "lists", record(ours), expected.lists);
  }
}

function compareRecords(
  differences: Differences,
  what: string,
  ours: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): void {
  differences.compare(`${what}: names`, Object.keys(ours).sort(), Object.keys(theirs).sort());
  for (const name of Object.keys(theirs)) {
    const [one, other] = [ours[name], theirs[name]];
    if (typeof one !== "object" || typeof other !== "object") {
      differences.compare(`${what}[${name}]`, one, other);
      continue;
    }
    const keys = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]);
    for (const key of keys) {
      const [left, right] = [(one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]];
      differences.compare(`${what}[${name}].${key}`, left, right);
    }
  }
}

/** A rule's description in the corpus's form: info and details in one, empty lists left out. */
function flatRule({ info, details }: CompileResult["description"]["rules"][number]): Record<string, unknown> {
  const { name: _, ...rest } = info;
  const optional = {
    condition_fields: details.condition_fields,
    condition_operators: details.condition_operators,
    output_fields: details.output_fields,
    used_lists: details.lists,
    used_macros: details.macros,
    exception_fields: details.exception_fields,
    exception_names: details.exception_names,
    exception_operators: details.exception_operators,
  };
  const present = Object.entries(optional).filter(([, values]) => values.length > 0);
  const extra = details.extra_output_formatted_fields;
  return {
    ...rest,
    events: abbreviated(details.events),
    ...Object.fromEntries(present),
    ...(extra === undefined ? {} : { extra_output_formatted_fields: extra }),
  };
}

const EVERY_EVENT = eventTypeNames(ALL_EVENT_TYPES);

function abbreviated(events: readonly string[]): readonly string[] | "all" {
  return isDeepStrictEqual(events, EVERY_EVENT) ? "all" : events;
}
