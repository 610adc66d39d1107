// SPDX-License-Identifier: Apache-2.0

import type { CheckExpr, CheckOperator, ExistsExpr, Literal, Quantifier } from "../ir/expr.ts";
import { isProcessField, type TransformCall } from "../program/index.ts";
import { type Binding, bindingOfParts, groupByBinding } from "./binding.ts";
import { isCounting } from "./read-cost.ts";

/**
 * Conditions of a whole ruleset as one graph in which equal parts are one node. Children always have lower ids
 * than their parents.
 */
export type GraphNode = TestNode | ValueNode;

interface Node {
  readonly id: number;
  /** Whether something below reads `evt.type`. */
  readonly readsEventType: boolean;
  /** Whether something below reads a field whose value depends on which events it was asked for before. */
  readonly counts: boolean;
  readonly binding: Binding;
}

/** Nodes that hold or do not hold. */
export type TestNode = ConstantNode | ConnectiveNode | NotNode | CountNode | ExistsNode | CheckNode;

export interface ConstantNode extends Node {
  readonly kind: "constant";
  readonly value: boolean;
}

/** Two or more different children, in no particular order but where one of them counts: then as written. */
export interface ConnectiveNode extends Node {
  readonly kind: "and" | "or";
  readonly children: readonly TestNode[];
}

export interface NotNode extends Node {
  readonly kind: "not";
  readonly child: TestNode;
}

/** Holds when exactly one of its children does; equal children count each. */
export interface CountNode extends Node {
  readonly kind: "exactly-one";
  readonly children: readonly TestNode[];
}

export interface ExistsNode extends Node {
  readonly kind: "exists";
  readonly left: ValueNode;
  /** The condition it came from. */
  readonly expr: ExistsExpr;
}

/** A check without modifier. */
export interface CheckNode extends Node {
  readonly kind: "check";
  readonly operator: CheckOperator;
  readonly quantifier: Quantifier;
  readonly left: ValueNode;
  readonly right: readonly Literal[] | ValueNode;
  /** The condition it came from, without modifier. */
  readonly expr: CheckExpr;
}

/** Nodes that have a value or null. */
export type ValueNode = FieldNode | TextNode | ListNode | TransformNode;

export interface FieldNode extends Node {
  readonly kind: "field";
  readonly slot: number;
  readonly name: string;
  /** One text, which is compared as it is. */
  readonly isText: boolean;
}

export interface TextNode extends Node {
  readonly kind: "text";
  readonly text: string;
}

export interface ListNode extends Node {
  readonly kind: "list";
  readonly children: readonly ValueNode[];
}

export interface TransformNode extends Node {
  readonly kind: "transform";
  readonly call: TransformCall;
  readonly children: readonly ValueNode[];
}

export function childNodes(node: GraphNode): readonly GraphNode[] {
  switch (node.kind) {
    case "constant":
    case "field":
    case "text":
      return [];
    case "and":
    case "or":
    case "exactly-one":
    case "list":
    case "transform":
      return node.children;
    case "not":
      return [node.child];
    case "exists":
      return [node.left];
    case "check":
      return isValueNode(node.right) ? [node.left, node.right] : [node.left];
    default:
      return node satisfies never;
  }
}

export function isValueNode(right: readonly Literal[] | ValueNode): right is ValueNode {
  return !Array.isArray(right);
}

type Unnumbered<T> = T extends GraphNode ? Omit<T, keyof Node> : never;

/** Makes the nodes of one graph: equal ones once, with what is known to hold or not to hold taken out. */
export class Graph {
  readonly #nodes = new Map<string, GraphNode>();

  constant(value: boolean): TestNode {
    return this.#intern(`${value}`, { kind: "constant", value });
  }

  not(child: TestNode): TestNode {
    if (child.kind === "constant") return this.constant(!child.value);
    return child.kind === "not" ? child.child : this.#intern(`not ${child.id}`, { kind: "not", child });
  }

  connective(kind: "and" | "or", operands: readonly TestNode[]): TestNode {
    const absorbing = kind === "or";
    const children = new Set<TestNode>();
    for (const operand of operands) {
      if (operand.kind !== "constant") children.add(operand);
      else if (operand.value === absorbing) return operand;
    }
    for (const child of children) {
      if (child.kind === "not" && children.has(child.child)) return this.constant(absorbing);
    }
    const [first, second] = children;
    if (first === undefined) return this.constant(!absorbing);
    if (second === undefined) return first;
    const ordered = [...children];
    if (ordered.some((child) => child.counts)) return this.#connect(kind, ordered);
    return this.#connect(kind, this.#joined(kind, ordered));
  }

  /**
   * Operands in no particular order, of which those of one process, and those of one text, are one operand: its result
   * can be kept, and is asked for once.
   */
  #joined(kind: "and" | "or", operands: readonly TestNode[]): readonly TestNode[] {
    const groups = groupByBinding(operands);
    if (groups.length === 1) return groups[0]!.sort((a, b) => a.id - b.id);
    return groups.map((alike) => this.connective(kind, alike)).sort((a, b) => a.id - b.id);
  }

  #connect(kind: "and" | "or", children: readonly TestNode[]): TestNode {
    return this.#intern(`${kind} ${idsOf(children)}`, { kind, children });
  }

  exactlyOne(operands: readonly TestNode[]): TestNode {
    if (operands.some((operand) => operand.kind === "constant")) return this.#countKnown(operands);
    if (operands.length < 2) return operands[0] ?? this.constant(false);
    return this.#intern(`one ${idsOf(operands)}`, { kind: "exactly-one", children: operands });
  }

  exists(left: ValueNode, expr: ExistsExpr): TestNode {
    return this.#intern(`exists ${left.id}`, { kind: "exists", left, expr });
  }

  check(node: Unnumbered<CheckNode>): TestNode {
    const { operator, quantifier, left, right } = node;
    const rightKey = isValueNode(right) ? String(right.id) : `(${right.map(literalKey).join()})`;
    return this.#intern(`check ${operator} ${quantifier} ${left.id} ${rightKey}`, node);
  }

  field(slot: number, name: string, isText: boolean): FieldNode {
    return this.#intern(`field ${slot}`, { kind: "field", slot, name, isText }) as FieldNode;
  }

  text(text: string): ValueNode {
    return this.#intern(`text ${JSON.stringify(text)}`, { kind: "text", text });
  }

  list(children: readonly ValueNode[]): ValueNode {
    return this.#intern(`list ${idsOf(children)}`, { kind: "list", children });
  }

  transform(call: TransformCall, children: readonly ValueNode[]): ValueNode {
    const { name, selector, type, print } = call;
    const key = `transform ${JSON.stringify([name, selector, type, print])} ${idsOf(children)}`;
    return this.#intern(key, { kind: "transform", call, children });
  }

  #countKnown(operands: readonly TestNode[]): TestNode {
    const open = operands.filter((operand) => operand.kind !== "constant");
    const holding = operands.filter((operand) => operand.kind === "constant" && operand.value).length;
    if (holding > 1) return this.constant(false);
    if (holding === 0) return this.exactlyOne(open);
    return this.not(this.connective("or", open));
  }

  #intern<T extends Unnumbered<GraphNode>>(key: string, node: T): Extract<GraphNode, { kind: T["kind"] }> {
    type Interned = Extract<GraphNode, { kind: T["kind"] }>;
    const known = this.#nodes.get(key);
    if (known !== undefined) return known as Interned;
    const unflagged = {
      ...node,
      id: this.#nodes.size,
      readsEventType: false,
      counts: false,
      binding: "never",
    } as GraphNode;
    const readsEventType =
      unflagged.kind === "field"
        ? unflagged.name === "evt.type"
        : childNodes(unflagged).some((child) => child.readsEventType);
    const counts =
      unflagged.kind === "field"
        ? isCounting(unflagged.name)
        : childNodes(unflagged).some((child) => child.counts);
    const made = { ...unflagged, readsEventType, counts, binding: bindingOf(unflagged) };
    this.#nodes.set(key, made);
    return made as Interned;
  }
}

export function isTestNode(node: GraphNode): node is TestNode {
  return node.kind !== "field" && node.kind !== "text" && node.kind !== "list" && node.kind !== "transform";
}

function bindingOf(node: GraphNode): Binding {
  if (node.kind !== "field") return bindingOfParts(childNodes(node).map(({ binding }) => binding));
  if (isProcessField(node.name)) return "process";
  return node.isText && !isCounting(node.name) ? node.slot : "event";
}

function idsOf(nodes: readonly GraphNode[]): string {
  return nodes.map((node) => node.id).join();
}

/** Tells any two literals apart that are not equal, of different types too. */
function literalKey(literal: Literal): string {
  if (typeof literal === "string") return JSON.stringify(literal);
  if (typeof literal === "object") return `${JSON.stringify(literal.address)}/${literal.prefix}`;
  return String(literal);
}
