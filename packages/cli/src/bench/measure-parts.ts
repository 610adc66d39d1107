// SPDX-License-Identifier: Apache-2.0
import { type CompileOptions, type CompileResult, compile } from "@falcoc/compiler";
import type { EventStream } from "./event-stream.ts";
import { measureRules, type Progress } from "./measure-rules.ts";
import { rulePartsOf } from "./rule-parts.ts";

/** What one of the conditions that a rule joins with `and` costs. */
export interface PartCost {
  readonly condition: string;
  /** Nanoseconds an event, were it the first to be tried on every event of the rule's types. */
  readonly ns: number;
  /** Events of these types on which it holds, in one pass. */
  readonly matches: number;
  readonly hasRegex: boolean;
}

const GUARD_RULE = "guard";

/** Measures each part of a rule as if it were a rule of its own. */
export async function measureParts(
  result: CompileResult,
  rule: string,
  stream: EventStream,
  settings: CompileOptions,
  onProgress: Progress,
): Promise<readonly PartCost[]> {
  const source = result.ruleset.rules.find(({ name }) => name === rule)?.source;
  const { guard, parts } = rulePartsOf(result, rule);
  const ruleOf = (name: string, condition: string) => ({
    rule: name,
    desc: name,
    condition,
    output: name,
    priority: "DEBUG",
    source,
  });
  const rules = parts.map(({ written }, i) =>
    ruleOf(String(i), guard === null ? written : `${guard} and (${written})`),
  );
  const all = guard === null ? rules : [ruleOf(GUARD_RULE, guard), ...rules];
  const { ruleset } = compile([{ path: rule, text: JSON.stringify(all) }], settings);
  const costs = await measureRules(ruleset, stream, onProgress);
  const measured = new Map(costs.rules.map((one) => [one.rule, one]));
  const guardNs = measured.get(GUARD_RULE)?.ns ?? 0;
  return parts.flatMap((part, i) => {
    const cost = measured.get(String(i));
    if (cost === undefined) return [];
    const { condition, hasRegex } = part;
    return { condition, hasRegex, ns: Math.max(0, cost.ns - guardNs), matches: cost.matches };
  });
}
