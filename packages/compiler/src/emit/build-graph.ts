// SPDX-License-Identifier: Apache-2.0
import { interpret } from "../interpret/interpret.ts";
import {
  type CheckExpr,
  type CheckOperator,
  type Expr,
  type Literal,
  type Operand,
  quantifierOf,
} from "../ir/expr.ts";
import type { FieldTable } from "../ir/field-table.ts";
import { childExprs, childOperands, postOrder } from "../ir/post-order.ts";
import { isNetwork } from "../operators/equality.ts";
import { operatorDefinition } from "../operators/index.ts";
import { asciiLower } from "../program/ascii.ts";
import type { FieldUse, TransformCall } from "../program/index.ts";
import { SEARCHED_TOGETHER_MIN } from "../program/text-search.ts";
import type { Graph, TestNode, ValueNode } from "./graph.ts";

/** Adds a condition to a graph. */
export function addCondition(graph: Graph, fields: FieldTable, condition: Expr): TestNode {
  const nodes = new Map<Expr, TestNode>();
  for (const expr of postOrder([condition], childExprs)) {
    nodes.set(
      expr,
      addExpr(graph, fields, expr, (child) => nodes.get(child)!),
    );
  }
  return nodes.get(condition)!;
}

function addExpr(graph: Graph, fields: FieldTable, expr: Expr, nodeOf: (child: Expr) => TestNode): TestNode {
  switch (expr.kind) {
    case "and":
    case "or":
      return graph.connective(expr.kind, expr.children.map(nodeOf));
    case "not":
      return graph.not(nodeOf(expr.child));
    case "never":
      return graph.constant(false);
    case "exists":
      if (!readsField(expr.left)) return graph.constant(interpret(expr, () => null));
      return graph.exists(addOperand(graph, fields, expr.left), expr);
    case "check":
      return addCheck(graph, fields, expr);
    default:
      return expr satisfies never;
  }
}

function addCheck(graph: Graph, fields: FieldTable, expr: CheckExpr): TestNode {
  const { left, right, modifier } = expr;
  if (!readsField(left) && (right.kind === "literals" || !readsField(right))) {
    return graph.constant(interpret(expr, () => null));
  }
  const plain: CheckExpr = { ...expr, modifier: null };
  if (modifier !== null && right.kind === "literals") return addModified(graph, fields, expr, right.values);
  if (right.kind === "literals") return addLiterals(graph, fields, plain, right.values);
  return graph.check({
    kind: "check",
    operator: withoutQuantifier(expr.operator),
    quantifier: quantifierOf(expr),
    left: addOperand(graph, fields, left),
    right: addOperand(graph, fields, right),
    expr: plain,
  });
}

/**
 * Modifiers in terms of plain checks:
 * - `= anyof (a, b)` is `in (a, b)`, and `= oneof` is `in` those that are listed once;
 * - `!= allof (a, b)` is `exists and not in (a, b)`;
 * - a search for, or a beginning or an end with, any of several texts is one check, as is a match of any of several
 *   shell patterns;
 * - any other operator is checked once for each value.
 */
function addModified(
  graph: Graph,
  fields: FieldTable,
  expr: CheckExpr,
  values: readonly Literal[],
): TestNode {
  const { operator, modifier, left } = expr;
  const amongThem = (listed: readonly Literal[]): TestNode =>
    addLiterals(graph, fields, { ...expr, operator: "in", modifier: null }, listed);
  if (values.length > 0 && !values.some(isNetwork)) {
    if (operator === "=" && modifier === "anyof") return amongThem(values);
    if (operator === "=" && modifier === "oneof") return amongThem(listedOnce(values));
    if (operator === "!=" && modifier === "allof") {
      const { start, end } = expr;
      const exists = graph.exists(addOperand(graph, fields, left), { kind: "exists", start, end, left });
      return graph.connective("and", [exists, graph.not(amongThem(values))]);
    }
  }
  if (modifier === "anyof") {
    const search = asOneSearch(expr, values);
    if (search !== null) return addLiterals(graph, fields, search.expr, search.texts);
  }
  const checks = values.map((value) => addLiterals(graph, fields, { ...expr, modifier: null }, [value]));
  if (modifier === "oneof") return graph.exactlyOne(checks);
  return values.length === 0
    ? graph.constant(false)
    : graph.connective(modifier === "anyof" ? "or" : "and", checks);
}

/** A search for any of several texts, or any of several shell patterns; null when it is none, or better made for each. */
function asOneSearch(
  expr: CheckExpr,
  values: readonly Literal[],
): { readonly expr: CheckExpr; readonly texts: readonly string[] } | null {
  const texts = values.map(String);
  if (texts.length < SEARCHED_TOGETHER_MIN || quantifierOf(expr) !== "one") return null;
  const definition = operatorDefinition(expr.operator);
  if (definition.kind === "relation" && definition.emitAny !== undefined) return { expr, texts };
  if (expr.operator !== "icontains") return null;
  return {
    expr: { ...expr, operator: "contains", left: lowerCase(expr.left) },
    texts: texts.map(asciiLower),
  };
}

function listedOnce(values: readonly Literal[]): readonly Literal[] {
  const counts = new Map<Literal, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return values.filter((value) => counts.get(value) === 1);
}

/**
 * Simpler forms of checks against literals:
 * - a set operator on single values is an equation when one value is listed, and never holds when none is;
 * - `f icontains Ab` is `tolower(f) contains ab`, so that several searches share one change of case.
 */
function addLiterals(
  graph: Graph,
  fields: FieldTable,
  expr: CheckExpr,
  values: readonly Literal[],
): TestNode {
  const quantifier = quantifierOf(expr);
  if (expr.operator === "icontains" && quantifier === "one") {
    return addLowerCaseSearch(graph, fields, expr, String(values[0]));
  }
  const isSet = operatorDefinition(expr.operator).kind === "membership";
  if (isSet && values.length === 0 && quantifier !== "every") return graph.constant(false);
  const isEquation = isSet && expr.operator !== "pmatch" && values.length === 1;
  const operator = isEquation ? "=" : withoutQuantifier(expr.operator);
  const right = { kind: "literals", values } as const;
  const left = addOperand(graph, fields, expr.left);
  return graph.check({ kind: "check", operator, quantifier, left, right: values, expr: { ...expr, right } });
}

function addLowerCaseSearch(graph: Graph, fields: FieldTable, expr: CheckExpr, text: string): TestNode {
  const left = lowerCase(expr.left);
  return addLiterals(graph, fields, { ...expr, operator: "contains", left }, [asciiLower(text)]);
}

function lowerCase(operand: Operand): Operand {
  const { start, end } = operand;
  const call: TransformCall = { name: "tolower", selector: null, type: "CHARBUF", print: "NA" };
  return { kind: "transform", start, end, call, isList: false, args: [operand] };
}

/** Once the quantifier is known, both set operators test a single value alike. */
function withoutQuantifier(operator: CheckOperator): CheckOperator {
  return operator === "intersects" ? "in" : operator;
}

function addOperand(graph: Graph, fields: FieldTable, operand: Operand): ValueNode {
  const nodes = new Map<Operand, ValueNode>();
  for (const one of postOrder([operand], childOperands)) nodes.set(one, addOne(graph, fields, one, nodes));
  return nodes.get(operand)!;
}

function addOne(
  graph: Graph,
  fields: FieldTable,
  operand: Operand,
  nodes: ReadonlyMap<Operand, ValueNode>,
): ValueNode {
  switch (operand.kind) {
    case "field":
      return graph.field(fields.slot(operand.field), operand.field.name, isText(operand.field));
    case "text":
      return graph.text(operand.text);
    case "list":
      return graph.list(operand.items.map((item) => nodes.get(item)!));
    case "transform":
      return graph.transform(
        operand.call,
        operand.args.map((arg) => nodes.get(arg)!),
      );
    default:
      return operand satisfies never;
  }
}

function isText({ type, isList, comparison }: FieldUse): boolean {
  return (type === "CHARBUF" || type === "FSPATH") && !isList && comparison === "value";
}

function readsField(operand: Operand): boolean {
  return postOrder([operand], childOperands).some((one) => one.kind === "field");
}
