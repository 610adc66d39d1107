// SPDX-License-Identifier: Apache-2.0
import { interpret } from "../interpret/interpret.ts";
import { postOrder } from "../ir/post-order.ts";
import { childNodes, type Graph, type GraphNode, isTestNode, type TestNode } from "./graph.ts";

/** What nodes come to for events of one type. */
export type Specialised = Map<TestNode, TestNode>;

/**
 * What is left of a condition for events whose `evt.type` is known: `evt.type in (open, openat) and A or B`
 * becomes `A or B` for `open`, and `B` for `read`. Keeps what it finds out in `known`, which belongs to this type.
 */
export function specialise(graph: Graph, root: TestNode, eventType: string, known: Specialised): TestNode {
  const result = (node: TestNode): TestNode => (node.readsEventType ? known.get(node)! : node);
  const unknownBelow = (node: GraphNode): readonly GraphNode[] =>
    childNodes(node).filter((child) => child.readsEventType && isTestNode(child) && !known.has(child));
  if (!root.readsEventType || known.has(root)) return result(root);
  for (const node of postOrder<GraphNode>([root], unknownBelow)) {
    if (isTestNode(node)) known.set(node, specialiseNode(graph, node, eventType, result));
  }
  return result(root);
}

function specialiseNode(
  graph: Graph,
  node: TestNode,
  eventType: string,
  result: (child: TestNode) => TestNode,
): TestNode {
  switch (node.kind) {
    case "constant":
      return node;
    case "and":
    case "or":
      return graph.connective(node.kind, node.children.map(result));
    case "not":
      return graph.not(result(node.child));
    case "exactly-one":
      return graph.exactlyOne(node.children.map(result));
    case "exists":
    case "check":
      return readsOnlyEventType(node) ? graph.constant(interpret(node.expr, () => eventType)) : node;
    default:
      return node satisfies never;
  }
}

function readsOnlyEventType(node: GraphNode): boolean {
  return postOrder([node], childNodes).every((one) => one.kind !== "field" || one.readsEventType);
}
