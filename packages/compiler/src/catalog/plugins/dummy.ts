// SPDX-License-Identifier: Apache-2.0
import { fieldsOf, required } from "../fields/define.ts";
import type { FieldDefinition } from "../types.ts";
import type { PluginDefinition } from "./define.ts";

/** Example plugins: a counter, each written in another language with a source of its own. */
// biome-ignore format: a table
export const DUMMIES: readonly PluginDefinition[] = [
  { name: "dummy", source: "dummy", asyncEvents: [], fields: [...divisible("dummy", "index"), ...counter("dummy")] },
  { name: "dummy_c", source: "dummy_c", asyncEvents: [], fields: [...divisible("dummy_c", "key"), ...counter("dummy_c")] },
  { name: "dummy_rs", source: "dummy_rs", asyncEvents: [], fields: counter("dummy_rs") },
];

function divisible(plugin: string, form: "index" | "key"): FieldDefinition[] {
  const field = fieldsOf("plugin", plugin, [plugin]);
  return [
    field("dummy.divisible", "UINT64", "1 when the argument divides the counter, else 0.", required(form)),
  ];
}

function counter(plugin: string): FieldDefinition[] {
  const field = fieldsOf("plugin", plugin, [plugin]);
  return [
    field("dummy.value", "UINT64", "Value of the counter."),
    field("dummy.strvalue", "CHARBUF", "Value of the counter as text."),
  ];
}
