// SPDX-License-Identifier: Apache-2.0
import type { Condition } from "@falcoc/parser";

export interface Size {
  /** Nodes when every shared one is written out; Infinity when it cannot be counted. */
  readonly nodes: number;
  readonly depth: number;
}

/** Sizes of conditions, each shared part measured once. */
export class Measures {
  readonly #sizes = new WeakMap<Condition, Size>();

  of(node: Condition): Size {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    const sizes = childrenOf(node).map((child) => this.of(child));
    const nodes = sizes.reduce((sum, size) => sum + size.nodes, 1);
    const depth = sizes.reduce((most, size) => Math.max(most, size.depth), 0) + 1;
    const size = { nodes, depth };
    this.#sizes.set(node, size);
    return size;
  }
}

function childrenOf(node: Condition): readonly Condition[] {
  if (node.kind === "and" || node.kind === "or") return node.children;
  return node.kind === "not" ? [node.child] : [];
}
