// SPDX-License-Identifier: Apache-2.0
import type { AnyNode } from "./ast.ts";

type Kind = AnyNode["kind"];
type NodeOf<K extends Kind> = Extract<AnyNode, { readonly kind: K }>;

/** Properties of a node that hold nodes, in the order of the text. */
type ChildKey<N> = {
  [P in keyof N]: N[P] extends AnyNode | readonly AnyNode[] ? P : never;
}[keyof N];

const CHILD_KEYS: { readonly [K in Kind]: readonly ChildKey<NodeOf<K>>[] } = {
  and: ["children"],
  or: ["children"],
  not: ["child"],
  macro: [],
  exists: ["left"],
  check: ["left", "right"],
  field: [],
  transformer: ["args"],
  "transformer-list": ["items"],
  value: [],
  list: ["items"],
};

const NONE: readonly AnyNode[] = [];

/** What to do with nodes of each kind. A handler that answers false keeps the walk out of the node's children. */
export type Visitor = {
  readonly [K in Kind]?: (node: NodeOf<K>) => boolean | undefined;
};

/**
 * Walks a tree: every node before its children, in the order of the text. Depth costs no recursion, so that trees of
 * any depth can be walked.
 */
export function visitCondition(root: AnyNode, visitor: Visitor): void {
  const stack: AnyNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const enter = visitor[node.kind] as ((node: AnyNode) => boolean | undefined) | undefined;
    if (enter?.(node) === false) continue;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
  }
}

/** Nodes right below a node, in the order of the text. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  const keys = CHILD_KEYS[node.kind] as readonly ChildKey<AnyNode>[];
  const [first] = keys;
  if (first === undefined) return NONE;
  const children: AnyNode | readonly AnyNode[] = node[first];
  if (keys.length === 1 && Array.isArray(children)) return children;
  return keys.flatMap((key): AnyNode | readonly AnyNode[] => node[key]);
}
