// SPDX-License-Identifier: Apache-2.0
import type { Expr, Operand } from "./expr.ts";

/**
 * Nodes of a tree or of an acyclic graph, each once, children before parents. Takes no recursion, so that no
 * depth of nesting can exhaust the stack.
 */
export function postOrder<T extends object>(
  roots: readonly T[],
  childrenOf: (node: T) => readonly T[],
): readonly T[] {
  const ordered: T[] = [];
  const seen = new Set<T>();
  const open: { readonly node: T; readonly children: readonly T[]; next: number }[] = [];
  const enter = (node: T): void => {
    if (seen.has(node)) return;
    seen.add(node);
    open.push({ node, children: childrenOf(node), next: 0 });
  };
  for (const root of roots) {
    enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const child = top.children[top.next++];
      if (child !== undefined) enter(child);
      else ordered.push(open.pop()!.node);
    }
  }
  return ordered;
}

/** Conditions directly below a condition. */
export function childExprs(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "and":
    case "or":
      return expr.children;
    case "not":
      return [expr.child];
    case "exists":
    case "check":
    case "never":
      return [];
    default:
      return expr satisfies never;
  }
}

/** Operands directly below an operand. */
export function childOperands(operand: Operand): readonly Operand[] {
  switch (operand.kind) {
    case "list":
      return operand.items;
    case "transform":
      return operand.args;
    case "field":
    case "text":
      return [];
    default:
      return operand satisfies never;
  }
}
