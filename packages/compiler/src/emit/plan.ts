// SPDX-License-Identifier: Apache-2.0
import { postOrder } from "../ir/post-order.ts";
import { operatorDefinition } from "../operators/index.ts";
import { groupByBinding } from "./binding.ts";
import { childNodes, type GraphNode, isTestNode, isValueNode, type TestNode } from "./graph.ts";
import { readCost } from "./read-cost.ts";

/**
 * How long a result is kept: not at all, while an event is processed, until the process of the event changes, or for
 * all events in which a field has the same text.
 */
export type Kept = "no" | "event" | "process" | "text";

/** How a node is going to be emitted. */
export interface Plan {
  /** Most places at which one event can ask for the node. */
  readonly uses: number;
  readonly kept: Kept;
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
/** Share of one test in looking up a text. */
const TEXT_LOOKUP_COST = 60;
/** How often something that is kept for an event is asked for: seldom at all of its places. */
const ASKED_PER_EVENT = 3;
/** How often something that is kept with a process or a text is asked for before it has to be found out again. */
const ASKED_PER_MEMORY = 20;
/** Fewest tests of a field's text, of those that one event may make, for which looking up that text pays. */
const TESTS_PER_TEXT_MIN = 8;

/** How nodes can be asked for. */
interface Uses {
  /** Most places at which one event can ask for a node. */
  readonly places: Map<GraphNode, number>;
  /** Nodes that are asked for where more than their own binding matters. */
  readonly outermost: Set<GraphNode>;
  /** Slots of fields whose texts are remembered. */
  readonly texts: Set<number>;
}

/**
 * Plans all nodes below some roots. `rootSets` hold roots that one event can meet together; a node is kept when it
 * is used more than once within one of them.
 */
export function planNodes(rootSets: readonly Roots[]): ReadonlyMap<GraphNode, Plan> {
  const uses: Uses = { places: new Map(), outermost: new Set(), texts: new Set() };
  for (const roots of rootSets) addUses(uses, roots);
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
    const { uses, kept } = plans.get(next)!;
    if (next.kind === node.kind && uses === 1 && kept === "no") {
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

function addUses({ places, outermost, texts }: Uses, roots: Roots): void {
  const counts = new Map<GraphNode, number>(roots);
  const asked = new Set<GraphNode>(roots.keys());
  for (const node of postOrder<GraphNode>([...roots.keys()], childNodes)) {
    for (const child of childNodes(node)) {
      counts.set(child, (counts.get(child) ?? 0) + 1);
      if (child.binding !== node.binding) asked.add(child);
    }
  }
  for (const [node, count] of counts) places.set(node, Math.max(places.get(node) ?? 0, count));
  for (const node of asked) outermost.add(node);
  const tests = groupByBinding([...asked].filter(isTestNode));
  for (const alike of tests) {
    const { binding } = alike[0]!;
    if (typeof binding === "number" && alike.length >= TESTS_PER_TEXT_MIN) texts.add(binding);
  }
}

function planNode(node: GraphNode, uses: Uses, plans: Map<GraphNode, Plan>): Plan {
  const { cost, likelihood } = estimate(node, plans);
  const places = uses.places.get(node) ?? 1;
  const kept = cost < KEPT_COST_MIN ? "no" : keptAs(node, uses, places);
  const plan = { uses: places, kept, likelihood };
  switch (kept) {
    case "no":
      return { ...plan, cost };
    case "event":
      return { ...plan, cost: cost / Math.min(places, ASKED_PER_EVENT) + LOOKUP_COST };
    case "process":
      return { ...plan, cost: cost / ASKED_PER_MEMORY + LOOKUP_COST };
    case "text":
      return { ...plan, cost: cost / ASKED_PER_MEMORY + LOOKUP_COST + TEXT_LOOKUP_COST };
    default:
      return kept satisfies never;
  }
}

function keptAs(node: GraphNode, { outermost, texts }: Uses, places: number): Kept {
  const { binding } = node;
  if (binding === "never") return "no";
  if (isTestNode(node) && (places > 1 || outermost.has(node))) {
    if (binding === "process") return "process";
    if (typeof binding === "number" && texts.has(binding)) return "text";
  }
  return places > 1 ? "event" : "no";
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
