// SPDX-License-Identifier: Apache-2.0
import type { AnyNode, Condition, Field, Value } from "./ast.ts";
import type { ByteString } from "./bytes.ts";
import { escapeValue, quoteValue } from "./escape.ts";

/**
 * The canonical form of a condition: the engine's own rendering, which it also takes as the identity of a check.
 * It does not always parse again to the same tree: an empty text prints as nothing, and one that holds commas or
 * parentheses prints bare.
 */
export function printCondition(condition: Condition): ByteString {
  return print(condition, canonical);
}

/** A form that shows what the canonical one leaves out, and so parses again to the same tree. */
export function printQuoted(condition: Condition): ByteString {
  return print(condition, asWritten);
}

/** The canonical form of a part of a condition. */
export function printOperand(node: Exclude<AnyNode, Condition>): ByteString {
  return print(node, canonical);
}

/** Part of a node's text. A node among the parts is printed in its turn, so that depth costs no recursion. */
type Part = string | AnyNode;

/** In what two ways of printing differ. */
interface Form {
  value(value: Value): ByteString;
  argument(text: ByteString): ByteString;
  negated(child: Condition): readonly Part[];
}

const canonical: Form = {
  value: ({ text }) => escapeValue(text),
  argument: escapeValue,
  negated: (child) => ["not ", child],
};

/** Stands for itself in brackets. */
const PLAIN_ARGUMENT = /^[\w./:-]+$/;

/** `not not` would be nothing. */
const asWritten: Form = {
  value: ({ text, quoted }) => (quoted ? withEnd(quoteValue(text)) : text),
  argument: (text) => (PLAIN_ARGUMENT.test(text) ? text : withEnd(quoteValue(text))),
  negated: (child) => (child.kind === "not" ? ["not (", child, ")"] : ["not ", child]),
};

/** A quote behind a backslash would be no end. */
function withEnd(text: ByteString): ByteString {
  return text.replace(/\\\\"$/, '\\x5c"');
}

function print(root: AnyNode, form: Form): ByteString {
  let text = "";
  const parts: Part[] = [root];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (typeof part === "string") text += part;
    else pushReversed(parts, partsOf(part, form));
  }
  return text;
}

function pushReversed(stack: Part[], parts: readonly Part[]): void {
  for (let i = parts.length - 1; i >= 0; i--) stack.push(parts[i]!);
}

function partsOf(node: AnyNode, form: Form): readonly Part[] {
  switch (node.kind) {
    case "and":
    case "or":
      return ["(", ...joined(node.children, ` ${node.kind} `), ")"];
    case "not":
      return form.negated(node.child);
    case "macro":
      return [node.name];
    case "exists":
      return [node.left, " exists"];
    case "check": {
      const operator = node.modifier === null ? node.operator : `${node.operator} ${node.modifier}`;
      return [node.left, ` ${operator} `, node.right];
    }
    case "field":
      return [node.name, brackets(node.argument, form)];
    case "transformer":
      return [node.name, "(", ...joined(node.args, ","), ")", brackets(node.argument, form)];
    case "transformer-list":
      return ["(", ...joined(node.items, ","), ")"];
    case "value":
      return [form.value(node)];
    case "list":
      return ["(", ...joined(node.items, ", "), ")"];
    default:
      return node satisfies never;
  }
}

function joined(nodes: readonly AnyNode[], separator: string): Part[] {
  return nodes.flatMap((node, index) => (index === 0 ? [node] : [separator, node]));
}

function brackets(argument: Field["argument"], form: Form): string {
  if (argument === null) return "";
  return argument === "" ? '[""]' : `[${form.argument(argument)}]`;
}
