// SPDX-License-Identifier: Apache-2.0
import { groupByBinding } from "./binding.ts";
import type { Candidate } from "./dispatch.ts";
import type { Graph, GraphNode, TestNode } from "./graph.ts";
import type { Plan } from "./plan.ts";

/**
 * Candidates arranged so that a test which many rules share, and which seldom holds, is made once before all of them:
 * where it fails, none of them costs anything.
 */
export interface Decision {
  /** Tests that all have to hold, in this order. */
  readonly guards: readonly TestNode[];
  /** Rules that match when they do. */
  readonly rules: readonly number[];
  /** What is left to decide of further rules, when they do. */
  readonly parts: readonly Decision[];
}

type Plans = ReadonlyMap<GraphNode, Plan>;

/** What is left of the condition of a rule: tests that all have to hold. */
interface Rest {
  readonly rule: number;
  readonly tests: ReadonlySet<TestNode>;
}

/** Deepest nesting, so that what is generated stays within the bounds of parsers. */
const DEPTH_MAX = 12;

/**
 * Every rule of the candidates occurs once in what comes of them, in no particular order. Rules whose tests count how
 * often they are made come last and stay as they are: by then it is known whether an earlier rule has matched.
 */
export function decide(candidates: readonly Candidate[], graph: Graph, plans: Plans): readonly Decision[] {
  const plain = candidates.filter(({ root }) => !root.counts);
  const counting = candidates.filter(({ root }) => root.counts);
  const arranged = arrange(
    plain.map(({ rule, root }) => ({ rule, tests: conjuncts(root) })),
    plans,
    0,
  );
  return [
    ...arranged.map((decision) => withJoinedGuards(decision, graph)),
    ...counting.map(({ rule, root }) => ({ guards: [root], rules: [rule], parts: [] })),
  ];
}

/** Of guards whose results are kept with the same thing one is made, in the place of the first: it is asked for once. */
function withJoinedGuards({ guards, rules, parts }: Decision, graph: Graph): Decision {
  return {
    guards: groupByBinding(guards).map((alike) => graph.connective("and", alike)),
    rules,
    parts: parts.map((part) => withJoinedGuards(part, graph)),
  };
}

/** How often each test occurs in decisions. */
export function countTests(decisions: readonly Decision[]): Map<TestNode, number> {
  const counts = new Map<TestNode, number>();
  const open = [...decisions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const test of next.guards) counts.set(test, (counts.get(test) ?? 0) + 1);
    open.push(...next.parts);
  }
  return counts;
}

/** Smaller for what is better tested early: cheap tests that seldom hold. */
export function failureCost(test: TestNode, plans: Plans): number {
  const { cost, likelihood } = plans.get(test)!;
  return cost / Math.max(1 - likelihood, 0.001);
}

function arrange(rests: readonly Rest[], plans: Plans, depth: number): readonly Decision[] {
  const decisions: Decision[] = [];
  let left = rests;
  while (left.length > 0) {
    const shared = depth < DEPTH_MAX ? mostUseful(left, plans) : null;
    if (shared === null) {
      decisions.push(
        ...left.map(({ rule, tests }) => ({ guards: ordered(tests, plans), rules: [rule], parts: [] })),
      );
      break;
    }
    decisions.push(
      guarded(
        left.filter(({ tests }) => tests.has(shared)),
        plans,
        depth,
      ),
    );
    left = left.filter(({ tests }) => !tests.has(shared));
  }
  return decisions;
}

/** Rules that share a test share others too: all of these are made first. */
function guarded(rests: readonly Rest[], plans: Plans, depth: number): Decision {
  const [first, ...others] = rests;
  const common = new Set([...first!.tests].filter((test) => others.every(({ tests }) => tests.has(test))));
  const open = rests.map(({ rule, tests }) => ({
    rule,
    tests: new Set([...tests].filter((test) => !common.has(test))),
  }));
  return {
    guards: ordered(common, plans),
    rules: open.filter(({ tests }) => tests.size === 0).map(({ rule }) => rule),
    parts: arrange(
      open.filter(({ tests }) => tests.size > 0),
      plans,
      depth + 1,
    ),
  };
}

/** The test that saves most when it fails; null: no two rules share one. */
function mostUseful(rests: readonly Rest[], plans: Plans): TestNode | null {
  const counts = new Map<TestNode, number>();
  for (const { tests } of rests) for (const test of tests) counts.set(test, (counts.get(test) ?? 0) + 1);
  let best: TestNode | null = null;
  let bestSaving = 0;
  for (const [test, count] of counts) {
    const saving = count < 2 ? 0 : count / Math.max(failureCost(test, plans), 1);
    if (saving > bestSaving) [best, bestSaving] = [test, saving];
  }
  return best;
}

function ordered(tests: Iterable<TestNode>, plans: Plans): readonly TestNode[] {
  return [...tests]
    .map((test) => ({ test, cost: failureCost(test, plans) }))
    .sort((a, b) => a.cost - b.cost || a.test.id - b.test.id)
    .map(({ test }) => test);
}

/**
 * Tests that all hold exactly when a condition does; none for one that always holds. Conditions that count stay whole:
 * what is asked, and in which order, is part of what they mean.
 */
function conjuncts(root: TestNode): ReadonlySet<TestNode> {
  const found = new Set<TestNode>();
  const seen = new Set<TestNode>();
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next) || (next.kind === "constant" && next.value)) continue;
    seen.add(next);
    if (next.kind === "and" && !next.counts) open.push(...next.children);
    else found.add(next);
  }
  return found;
}
