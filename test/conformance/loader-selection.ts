// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { compile } from "@falcoc/compiler";
import { enabledAfter, matchesWildcard, type RuleSelector } from "@falcoc/compiler/program";
import { metricRuleName, parseInterval } from "@falcoc/runtime";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface SelectionRecord {
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly initially_enabled: Readonly<Record<string, number>>;
  readonly steps: readonly {
    readonly op: "enable" | "disable";
    readonly match: "substring" | "exact" | "wildcard" | "tags";
    readonly value: string | readonly string[];
    readonly ruleset: string;
    readonly expect: Readonly<Record<string, number>>;
  }[];
}

/** Enabling and disabling rules by name and tag, in several sets of enabled rules. */
export const loaderSelection: Suite = {
  name: "loader/selection",
  *cases(shared) {
    for (const record of readJsonLines<SelectionRecord>(
      join(shared, "corpus", "loader", "selection.jsonl"),
    )) {
      yield { id: record.id, run: () => runSelection(record) };
    }
  },
};

function runSelection({ files, initially_enabled, steps }: SelectionRecord): string | null {
  const { ruleset } = compile(files.map(({ name, content }) => ({ path: name, text: content })));
  const sets = new Map<string, boolean[]>();
  const enabledIn = (set: string): boolean[] => sets.get(set) ?? ruleset.rules.map(() => false);
  const count = (set: string): number => enabledIn(set).filter(Boolean).length;
  for (const [set, expected] of Object.entries(initially_enabled)) {
    // Two of the cases begin before any rule has been enabled.
    if (expected > 0)
      sets.set(
        set,
        ruleset.rules.map((rule) => rule.enabled),
      );
    if (count(set) !== expected)
      return `${count(set)} rules enabled in ${set} at first, expected ${expected}`;
  }
  for (const [index, { op, match, value, ruleset: set, expect }] of steps.entries()) {
    const before = enabledIn(set);
    const rules = ruleset.rules.map((rule, number) => ({ ...rule, enabled: before[number] ?? false }));
    sets.set(set, enabledAfter(rules, [{ enable: op === "enable", select: selector(match, value) }]));
    for (const [name, expected] of Object.entries(expect)) {
      if (count(name) !== expected)
        return `step ${index}: ${count(name)} rules enabled in ${name}, expected ${expected}`;
    }
  }
  return null;
}

function selector(
  match: SelectionRecord["steps"][number]["match"],
  value: string | readonly string[],
): RuleSelector {
  const text = String(value);
  switch (match) {
    case "substring":
      return { by: "substring", text };
    case "exact":
      return { by: "exact", name: text };
    case "wildcard":
      return { by: "name", pattern: text };
    case "tags":
      return { by: "tags", tags: typeof value === "string" ? [value] : value };
    default:
      return match satisfies never;
  }
}

interface RequirementRecord {
  readonly id: string;
  readonly loaded_plugins: readonly { readonly name: string; readonly version: string }[];
  readonly content: string;
  readonly satisfied: boolean;
}

/** `required_plugin_versions` against the plugins that are loaded. */
export const loaderPluginRequirements: Suite = {
  name: "loader/plugin_requirements",
  *cases(shared) {
    const path = join(shared, "corpus", "loader", "plugin_requirements.jsonl");
    for (const record of readJsonLines<RequirementRecord>(path)) {
      yield {
        id: record.id,
        run() {
          const files = [{ path: "rules.yaml", text: record.content }];
          const { diagnostics } = compile(files, { loadedPlugins: record.loaded_plugins });
          const satisfied = !diagnostics.some((one) => one.severity === "error");
          return satisfied === record.satisfied
            ? null
            : `satisfied: ${satisfied}, expected ${record.satisfied}`;
        },
      };
    }
  },
};

interface FunctionRecord {
  readonly fn: "matches_wildcard" | "sanitize_rule_name" | "parse_prometheus_interval";
  readonly args: readonly string[];
  readonly expect: unknown;
}

const FUNCTIONS: Readonly<Record<FunctionRecord["fn"], (...args: string[]) => unknown>> = {
  matches_wildcard: (pattern = "", name = "") => matchesWildcard(pattern, name),
  sanitize_rule_name: (name = "") => metricRuleName(name),
  parse_prometheus_interval: (text = "") => parseInterval(text),
};

/** Small functions behind the configuration: patterns of names, names in metrics, intervals. */
export const loaderUtil: Suite = {
  name: "loader/util",
  *cases(shared) {
    const records = readJsonLines<FunctionRecord>(join(shared, "corpus", "loader", "util.jsonl"));
    for (const [index, { fn, args, expect }] of records.entries()) {
      yield {
        id: `${fn}.${index}`,
        run() {
          const answer = FUNCTIONS[fn](...args);
          return answer === expect ? null : `${fn}(${args.join(", ")}) is ${answer}, expected ${expect}`;
        },
      };
    }
  },
};
