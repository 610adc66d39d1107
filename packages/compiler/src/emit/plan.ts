// SPDX-License-Identifier: Apache-2.0
import { postOrder } from "../ir/post-order.ts";
import { operatorDefinition } from "../operators/index.ts";
import { childNodes, type GraphNode, isTestNode, isValueNode, type TestNode } from "./graph.ts";
import { readCost } from "./read-cost.ts";

/** How a node is going to be emitted. */
export interface Plan {
  /** Most places at which one event can ask for the node. */
  readonly uses: number;
  /** Whether its result is kept while an event is processed. */
  readonly kept: boolean;
  /** Expected ns a use, what is kept spread over all uses. */
  readonly cost: number;
  /** Expected share of events for which it holds; 1 for values. */
  readonly likelihood: number;
}

/** A root and how many rules have it as their condition. */
export type Roots = ReadonlyMap<TestNode, number>;

/** Cheapest result that is worth keeping: looking up what is kept takes about this long. */
const KEPT_COST_MIN = 4;
const LOOKUP_COST = 1;

/**
 * Plans all nodes below some roots. `rootSets` hold roots that one event can meet together; a node is kept when it
 * is used more than once within one of them.
 */
export function planNodes(rootSets: readonly Roots[]): ReadonlyMap<GraphNode, Plan> {
  const uses = new Map<GraphNode, number>();
  for (const roots of rootSets) {
    for (const [node, count] of countUses(roots)) uses.set(node, Math.max(uses.get(node) ?? 0, count));
  }
  const plans = new Map<GraphNode, Plan>();
  const roots = rootSets.flatMap((set) => [...set.keys()]);
  for (const node of postOrder<GraphNode>(roots, childNodes)) plans.set(node, planNode(node, uses, plans));
  return plans;
}

/**
 * The children of a connective in the order in which they are tested: for `and` those first that are cheap and
 * seldom hold, for `or` those that are cheap and often do; as written where it matters whether a field was asked
 * for. Children of the same kind that are used nowhere else give their own children instead.
 */
export function orderedChildren(
  node: Extract<TestNode, { kind: "and" | "or" }>,
  plans: ReadonlyMap<GraphNode, Plan>,
): readonly TestNode[] {
  const flat = new Set<TestNode>();
  const open: TestNode[] = [...node.children].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === node.kind && plans.get(next)!.uses === 1) {
      for (let i = next.children.length - 1; i >= 0; i--) open.push(next.children[i]!);
    } else {
      flat.add(next);
    }
  }
  if ([...flat].some((child) => child.counts)) return [...flat];
  const rank = (child: TestNode): number => {
    const { cost, likelihood } = plans.get(child)!;
    return cost / Math.max(node.kind === "and" ? 1 - likelihood : likelihood, 0.001);
  };
  return [...flat]
    .map((child) => ({ child, rank: rank(child) }))
    .sort((a, b) => a.rank - b.rank || a.child.id - b.child.id)
    .map(({ child }) => child);
}

function countUses(roots: Roots): ReadonlyMap<GraphNode, number> {
  const uses = new Map<GraphNode, number>(roots);
  for (const node of postOrder<GraphNode>([...roots.keys()], childNodes)) {
    for (const child of childNodes(node)) uses.set(child, (uses.get(child) ?? 0) + 1);
  }
  return uses;
}

function planNode(
  node: GraphNode,
  allUses: ReadonlyMap<GraphNode, number>,
  plans: Map<GraphNode, Plan>,
): Plan {
  const uses = allUses.get(node) ?? 1;
  const { cost, likelihood } = estimate(node, plans);
  const kept = uses > 1 && cost >= KEPT_COST_MIN && node.kind !== "constant" && node.kind !== "text";
  return { uses, kept, cost: kept ? cost / uses + LOOKUP_COST : cost, likelihood };
}

function estimate(node: GraphNode, plans: ReadonlyMap<GraphNode, Plan>): Pick<Plan, "cost" | "likelihood"> {
  switch (node.kind) {
    case "constant":
      return { cost: 0, likelihood: node.value ? 1 : 0 };
    case "text":
      return { cost: 0, likelihood: 1 };
    case "field":
      return { cost: readCost(node.name), likelihood: 1 };
    case "list":
    case "transform":
      return { cost: 20 + totalCost(node, plans), likelihood: 1 };
    case "exists":
      return { cost: plans.get(node.left)!.cost, likelihood: 0.7 };
    case "check": {
      const { cost, likelihood } = operatorDefinition(node.operator);
      const elements = node.quantifier === "one" ? 1 : 4;
      const test = isValueNode(node.right) ? cost * 2 : cost;
      return { cost: totalCost(node, plans) + test * elements, likelihood };
    }
    case "not": {
      const { cost, likelihood } = plans.get(node.child)!;
      return { cost, likelihood: 1 - likelihood };
    }
    case "exactly-one":
      return { cost: totalCost(node, plans), likelihood: 0.1 };
    case "and":
    case "or":
      return estimateConnective(node, plans);
    default:
      return node satisfies never;
  }
}

function totalCost(node: GraphNode, plans: ReadonlyMap<GraphNode, Plan>): number {
  return childNodes(node).reduce((sum, child) => sum + plans.get(child)!.cost, 0);
}

/** A child is tested only when those before it have not decided. */
function estimateConnective(
  node: Extract<TestNode, { kind: "and" | "or" }>,
  plans: ReadonlyMap<GraphNode, Plan>,
): Pick<Plan, "cost" | "likelihood"> {
  let cost = 0;
  let undecided = 1;
  for (const child of node.children.filter(isTestNode)) {
    const plan = plans.get(child)!;
    cost += undecided * plan.cost;
    undecided *= node.kind === "and" ? plan.likelihood : 1 - plan.likelihood;
  }
  return { cost, likelihood: node.kind === "and" ? undecided : 1 - undecided };
}
