// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import { globTest } from "./glob.ts";
import type { TextTest } from "./text-test.ts";

/**
 * Prepares `pmatch`: the test holds for a path that is one of `paths` or lies below one. Paths are compared part
 * by part; empty parts do not count, so leading, trailing and doubled slashes make no difference. A part of a
 * listed path with `?`, `*` or `[` is a pattern for one part.
 *
 * Every node of the tree is visited at most once a test.
 */
export function pathTest(paths: readonly ByteString[]): TextTest {
  const root = new TreeNode();
  for (const path of paths) insert(root, path);
  return (text) => matches(root, text, 0);
}

class TreeNode {
  /** A listed path ends here: whatever lies below matches. */
  terminal = false;
  readonly literals = new Map<ByteString, TreeNode>();
  readonly patterns = new Map<ByteString, { readonly test: TextTest; readonly next: TreeNode }>();
}

const PATTERN_PART = /[?*[]/;
const SLASH = 0x2f;

function insert(root: TreeNode, path: ByteString): void {
  let node = root;
  for (const part of path.split("/")) {
    if (part === "") continue;
    node = PATTERN_PART.test(part) ? patternChild(node, part) : literalChild(node, part);
  }
  node.terminal = true;
}

function literalChild(node: TreeNode, part: ByteString): TreeNode {
  const known = node.literals.get(part);
  if (known !== undefined) return known;
  const child = new TreeNode();
  node.literals.set(part, child);
  return child;
}

function patternChild(node: TreeNode, part: ByteString): TreeNode {
  const known = node.patterns.get(part);
  if (known !== undefined) return known.next;
  const child = new TreeNode();
  node.patterns.set(part, { test: globTest(part, false), next: child });
  return child;
}

/** Depth of the recursion is at most that of the tree, whose paths are literals of bounded length. */
function matches(from: TreeNode, text: ByteString, offset: number): boolean {
  let node = from;
  let at = offset;
  for (;;) {
    if (node.terminal) return true;
    while (text.charCodeAt(at) === SLASH) at++;
    if (at >= text.length) return false;
    const slash = text.indexOf("/", at);
    const end = slash < 0 ? text.length : slash;
    const part = text.slice(at, end);
    const literal = node.literals.get(part);
    for (const pattern of node.patterns.values()) {
      if (pattern.test(part) && matches(pattern.next, text, end)) return true;
    }
    if (literal === undefined) return false;
    node = literal;
    at = end;
  }
}
