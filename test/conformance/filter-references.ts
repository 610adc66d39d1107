// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { type Condition, decodeText, encodeText, parseCondition, visitCondition } from "@falcoc/parser";
import { conditionDetails } from "../../packages/compiler/src/describe/condition-details.ts";
import { expandMacros } from "../../packages/compiler/src/load/expand-macros.ts";
import { readJsonLines } from "../shared.ts";
import { differences, type Tree, treeOf } from "./filter-parse.ts";
import type { Suite } from "./suite.ts";

interface DetailsRecord {
  readonly id: string;
  readonly expr: string;
  readonly known_lists: readonly string[];
  readonly fields: readonly string[];
  readonly operators: readonly string[];
  readonly macros: readonly string[];
  readonly lists: readonly string[];
  readonly transformers: readonly string[];
}

interface MacrosRecord {
  readonly id: string;
  readonly expr: string;
  readonly macros: Readonly<Record<string, string>>;
  readonly expanded_ast: Tree;
  readonly resolved: readonly string[];
  readonly unknown: readonly string[];
}

/** What a condition refers to. */
export const filterDetails: Suite = {
  name: "filter/details",
  *cases(shared) {
    const path = join(shared, "corpus", "filter", "details.jsonl");
    for (const record of readJsonLines<DetailsRecord>(path)) {
      yield { id: record.id, run: () => checkDetails(record) };
    }
  },
};

/** Conditions with macros put in the place of their names. */
export const filterMacros: Suite = {
  name: "filter/macros",
  *cases(shared) {
    const path = join(shared, "corpus", "filter", "macros.jsonl");
    for (const record of readJsonLines<MacrosRecord>(path)) {
      yield { id: record.id, run: () => checkMacros(record) };
    }
  },
};

function checkDetails(record: DetailsRecord): string | null {
  const condition = parsed(record.expr);
  const { fields, operators, macros, items } = conditionDetails(condition);
  const transformers = new Set<string>();
  visitCondition(condition, {
    transformer: ({ name }) => {
      transformers.add(name);
      return undefined;
    },
  });
  return differences([
    ["fields", fields, record.fields],
    ["operators", operators, record.operators],
    ["macros", macros, record.macros],
    ["lists", items.map(decodeText).filter((item) => record.known_lists.includes(item)), record.lists],
    ["transformers", [...transformers].sort(), record.transformers],
  ]);
}

function checkMacros({ expr, macros, expanded_ast, resolved, unknown }: MacrosRecord): string | null {
  const expanded = expandMacros(parsed(expr), (name) => {
    const text = macros[name];
    return text === undefined ? null : { condition: parsed(text), expanded: false };
  });
  return differences([
    ["tree", treeOf(expanded.condition, "", false), expanded_ast],
    ["resolved", [...expanded.used].sort(), resolved],
    ["unknown", expanded.unknown.map(({ name }) => name), unknown],
  ]);
}

function parsed(text: string): Condition {
  const result = parseCondition(encodeText(text));
  if (!result.ok) throw new Error(result.error.message);
  return result.condition;
}
