// SPDX-License-Identifier: Apache-2.0
import type { FieldTable } from "../ir/field-table.ts";
import { countTests, type Decision, decide } from "./decision.ts";
import { type Candidate, type Dispatch, type EmitRule, type EventTypes, planDispatch } from "./dispatch.ts";
import type { GraphNode, TestNode } from "./graph.ts";
import { type Plan, planNodes, type Roots } from "./plan.ts";

/** A source with what has to be decided of its events. */
export interface ArrangedSource {
  readonly source: string;
  readonly groups: readonly ArrangedGroup[];
  /** For every other code. */
  readonly rest: readonly Decision[];
}

export interface ArrangedGroup {
  readonly codes: readonly number[];
  readonly decisions: readonly Decision[];
}

/** How rules are going to be evaluated. */
export interface Arrangement {
  readonly sources: readonly ArrangedSource[];
  readonly plans: ReadonlyMap<GraphNode, Plan>;
  /** At how many places each test of a decision stands. */
  readonly places: ReadonlyMap<TestNode, number>;
}

/** Decides what rules have to be tested for which events, and in what order. */
export function arrangeRules(
  rules: readonly EmitRule[],
  fields: FieldTable,
  eventTypes: EventTypes,
): Arrangement {
  const sources = arrangeSources(planDispatch(rules, fields, eventTypes));
  const groups = sources.flatMap(({ groups, rest }) => [rest, ...groups.map(({ decisions }) => decisions)]);
  // Planned once more, by where the tests have come to stand: no event meets two groups.
  const counts = groups.map(countTests);
  const places = new Map<TestNode, number>();
  for (const group of counts) {
    for (const [test, count] of group) places.set(test, (places.get(test) ?? 0) + count);
  }
  return { sources, plans: planNodes(counts), places };
}

/** Arranges candidates by what their tests are expected to cost. */
function arrangeSources({ graph, sources }: Dispatch): readonly ArrangedSource[] {
  const plans = planNodes(
    sources.flatMap(({ groups, rest }) => [
      rootsOf(groups.map((group) => group.candidates)),
      rootsOf([rest]),
    ]),
  );
  return sources.map(({ source, groups, rest }) => ({
    source,
    groups: groups.map(({ codes, candidates }) => ({ codes, decisions: decide(candidates, graph, plans) })),
    rest: decide(rest, graph, plans),
  }));
}

function rootsOf(groups: readonly (readonly Candidate[])[]): Roots {
  const rules = new Map<TestNode, Set<number>>();
  for (const { rule, root } of groups.flat()) rules.set(root, (rules.get(root) ?? new Set()).add(rule));
  return new Map([...rules].map(([root, users]) => [root, users.size]));
}
