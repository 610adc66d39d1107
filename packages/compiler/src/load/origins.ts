// SPDX-License-Identifier: Apache-2.0
import { type ByteString, type Condition, childrenOf } from "@falcoc/parser";
import type { SubstitutedText } from "./substitute-lists.ts";

/** A condition as it parses, and the text it was written in. */
export interface WrittenCondition {
  readonly parsed: Condition | null;
  readonly text: SubstitutedText;
}

/** Knows the text in which each check and macro reference of a condition was written: there its offsets count. */
export type Leaves = Pick<ReadonlyMap<Condition, SubstitutedText>, "get">;

/**
 * Every check and macro reference of a condition, also inside its macros. They are looked through only as far as it
 * takes to find the ones that are asked for.
 */
export function leavesOf(root: WrittenCondition, macros: ReadonlyMap<ByteString, WrittenCondition>): Leaves {
  const found = new Map<Condition, SubstitutedText>();
  const rest = walk(root, macros);
  return {
    get(node) {
      while (!found.has(node)) {
        const next = rest.next();
        if (next.done) break;
        const [leaf, text] = next.value;
        if (!found.has(leaf)) found.set(leaf, text);
      }
      return found.get(node);
    },
  };
}

function* walk(
  root: WrittenCondition,
  macros: ReadonlyMap<ByteString, WrittenCondition>,
): Generator<readonly [Condition, SubstitutedText]> {
  const entered = new Set<ByteString>();
  const open: [Condition, SubstitutedText][] = root.parsed === null ? [] : [[root.parsed, root.text]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, text] = next;
    if (node.kind === "and" || node.kind === "or" || node.kind === "not") {
      const children = childrenOf(node) as readonly Condition[];
      for (let i = children.length - 1; i >= 0; i--) open.push([children[i] as Condition, text]);
      continue;
    }
    yield next;
    const macro = node.kind === "macro" && !entered.has(node.name) ? macros.get(node.name) : undefined;
    if (node.kind !== "macro" || macro === undefined || macro.parsed === null) continue;
    entered.add(node.name);
    open.push([macro.parsed, macro.text]);
  }
}
