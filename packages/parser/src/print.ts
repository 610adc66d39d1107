// SPDX-License-Identifier: Apache-2.0
import type { AnyNode, Condition, Field } from "./ast.ts";
import type { ByteString } from "./bytes.ts";
import { escapeValue } from "./escape.ts";

/**
 * The canonical form of a condition: the engine's own rendering, which it also takes as the identity of a check.
 * It does not always parse again to the same tree: an empty text prints as nothing, and one that holds commas or
 * parentheses prints bare.
 */
export function printCondition(condition: Condition): ByteString {
  return print(condition);
}

/** The canonical form of a part of a condition. */
export function printOperand(node: Exclude<AnyNode, Condition>): ByteString {
  return print(node);
}

/** Part of a node's text. A node among the parts is printed in its turn, so that depth costs no recursion. */
type Part = string | AnyNode;

function print(root: AnyNode): ByteString {
  let text = "";
  const parts: Part[] = [root];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (typeof part === "string") text += part;
    else pushReversed(parts, partsOf(part));
  }
  return text;
}

function pushReversed(stack: Part[], parts: readonly Part[]): void {
  for (let i = parts.length - 1; i >= 0; i--) stack.push(parts[i]!);
}

function partsOf(node: AnyNode): readonly Part[] {
  switch (node.kind) {
    case "and":
    case "or":
      return ["(", ...joined(node.children, ` ${node.kind} `), ")"];
    case "not":
      return ["not ", node.child];
    case "macro":
      return [node.name];
    case "exists":
      return [node.left, " exists"];
    case "check": {
      const operator = node.modifier === null ? node.operator : `${node.operator} ${node.modifier}`;
      return [node.left, ` ${operator} `, node.right];
    }
    case "field":
      return [node.name, brackets(node.argument)];
    case "transformer":
      return [node.name, "(", ...joined(node.args, ","), ")", brackets(node.argument)];
    case "transformer-list":
      return ["(", ...joined(node.items, ","), ")"];
    case "value":
      return [escapeValue(node.text)];
    case "list":
      return ["(", ...joined(node.items, ", "), ")"];
    default:
      return node satisfies never;
  }
}

function joined(nodes: readonly AnyNode[], separator: string): Part[] {
  return nodes.flatMap((node, index) => (index === 0 ? [node] : [separator, node]));
}

function brackets(argument: Field["argument"]): string {
  if (argument === null) return "";
  return argument === "" ? '[""]' : `[${escapeValue(argument)}]`;
}
