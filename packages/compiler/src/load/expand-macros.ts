// SPDX-License-Identifier: Apache-2.0
import type { ByteString, Condition, MacroReference } from "@falcoc/parser";

/** A macro as another condition sees it. */
export interface MacroTarget {
  /** null when it does not parse: then nothing can be said about conditions that use it. */
  readonly condition: Condition | null;
  /** Whether its own macros have been put in. */
  readonly expanded: boolean;
}

export interface ExpandedMacros {
  /** The condition without references; those that could not be resolved are left in it. */
  readonly condition: Condition;
  readonly used: ReadonlySet<ByteString>;
  /** References to macros that are not there, in the order of the text. */
  readonly unknown: readonly MacroReference[];
  /** References that lead back to a macro in which they stand. */
  readonly loops: readonly MacroReference[];
  /** Some macro does not parse. */
  readonly broken: boolean;
}

/**
 * Puts macros in the place of references to them, in the tree, so that grouping is kept (spec 3.7). A macro used
 * twice is one shared node.
 */
export function expandMacros(
  root: Condition,
  find: (name: ByteString) => MacroTarget | null,
): ExpandedMacros {
  const expansion = new Expansion(find);
  const condition = expansion.expand(root);
  const { used, unknown, loops, broken } = expansion;
  return { condition, used, unknown, loops, broken };
}

class Expansion {
  readonly #find: (name: ByteString) => MacroTarget | null;
  readonly #done = new Map<ByteString, Condition>();
  readonly #path = new Set<ByteString>();
  readonly used = new Set<ByteString>();
  readonly unknown: MacroReference[] = [];
  readonly loops: MacroReference[] = [];
  broken = false;

  constructor(find: (name: ByteString) => MacroTarget | null) {
    this.#find = find;
  }

  /** Gives the same node back when nothing in it has changed. */
  expand(node: Condition): Condition {
    switch (node.kind) {
      case "and":
      case "or": {
        const children = node.children.map((child) => this.expand(child));
        const same = children.every((child, i) => child === node.children[i]);
        return same ? node : { ...node, children };
      }
      case "not": {
        const child = this.expand(node.child);
        return child === node.child ? node : { ...node, child };
      }
      case "macro":
        return this.#expandReference(node);
      case "exists":
      case "check":
        return node;
      default:
        return node satisfies never;
    }
  }

  #expandReference(reference: MacroReference): Condition {
    const { name } = reference;
    const done = this.#done.get(name);
    if (done !== undefined) return done;
    if (this.#path.has(name)) {
      this.loops.push(reference);
      return reference;
    }
    const target = this.#find(name);
    if (target === null) {
      this.unknown.push(reference);
      return reference;
    }
    this.used.add(name);
    if (target.condition === null) {
      this.broken = true;
      return reference;
    }
    this.#path.add(name);
    const condition = target.expanded ? target.condition : this.expand(target.condition);
    this.#path.delete(name);
    this.#done.set(name, condition);
    return condition;
  }
}
