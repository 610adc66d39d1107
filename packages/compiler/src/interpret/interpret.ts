// SPDX-License-Identifier: Apache-2.0
import {
  type CheckExpr,
  type Expr,
  type Literal,
  type Literals,
  type Operand,
  quantifierOf,
} from "../ir/expr.ts";
import { childExprs, postOrder } from "../ir/post-order.ts";
import { operatorDefinition, type Relation } from "../operators/index.ts";
import { applyTransform, type FieldUse, type FieldValue, type ScalarValue } from "../program/index.ts";

/** Gives a field's value on one event; null when it has none. */
export type ReadField = (field: FieldUse) => FieldValue | null;

/** What one node of a condition came to on one event. */
export interface Observation {
  readonly verdict: boolean;
  /** Value of the left side of a check, transformers applied; null when missing, and on connectives. */
  readonly value: FieldValue | null;
  /** Value of a right side that is not made of literals; else null. */
  readonly right: FieldValue | null;
}

/** Whether a condition holds. The meaning of conditions, without any short cut. */
export function interpret(expr: Expr, read: ReadField): boolean {
  return observe(expr, read).get(expr)!.verdict;
}

/** What every node of a condition comes to: nothing is skipped, as nothing has side effects. */
export function observe(expr: Expr, read: ReadField): ReadonlyMap<Expr, Observation> {
  const observations = new Map<Expr, Observation>();
  const holds = (node: Expr): boolean => observations.get(node)!.verdict;
  for (const node of postOrder([expr], childExprs)) observations.set(node, observeNode(node, holds, read));
  return observations;
}

/** Value of an operand; null when it has none. */
export function evaluateOperand(operand: Operand, read: ReadField): FieldValue | null {
  switch (operand.kind) {
    case "field":
      return read(operand.field);
    case "text":
      return operand.text;
    case "list": {
      const items = operand.items.map((item) => evaluateOperand(item, read));
      return items.includes(null) ? null : (items as FieldValue[]).flat();
    }
    case "transform":
      return applyTransform(
        operand.call,
        operand.args.map((arg) => evaluateOperand(arg, read)),
      );
    default:
      return operand satisfies never;
  }
}

function observeNode(node: Expr, holds: (child: Expr) => boolean, read: ReadField): Observation {
  switch (node.kind) {
    case "and":
      return { verdict: node.children.every(holds), value: null, right: null };
    case "or":
      return { verdict: node.children.some(holds), value: null, right: null };
    case "not":
      return { verdict: !holds(node.child), value: null, right: null };
    case "exists": {
      const value = evaluateOperand(node.left, read);
      return { verdict: value !== null, value, right: null };
    }
    case "never":
      return { verdict: false, value: evaluateOperand(node.left, read), right: null };
    case "check":
      return observeCheck(node, read);
    default:
      return node satisfies never;
  }
}

function observeCheck(node: CheckExpr, read: ReadField): Observation {
  const value = evaluateOperand(node.left, read);
  const right = node.right.kind === "literals" ? null : evaluateOperand(node.right, read);
  const literals = node.right.kind === "literals" ? node.right : literalsOf(right);
  const verdict = value !== null && literals !== null && satisfies(node, value, literals);
  return { verdict, value, right };
}

/** The value of a right-hand field as if it had been written in the rule. */
function literalsOf(value: FieldValue | null): Literals | null {
  if (value === null) return null;
  return { kind: "literals", values: typeof value === "object" ? value : [value] };
}

function satisfies(node: CheckExpr, value: FieldValue, { values }: Literals): boolean {
  const test = (one: ScalarValue): boolean => satisfiesOne(node, one, values);
  const elements = typeof value === "object" ? value : [value];
  const quantifier = quantifierOf(node);
  switch (quantifier) {
    case "one":
    case "some":
      return elements.some(test);
    case "every":
      return elements.every(test);
    case "every-present":
      return elements.length > 0 && elements.every(test);
    default:
      return quantifier satisfies never;
  }
}

/** Whether a single value, or one of several, is as a check with these literals wants it. */
export function satisfiesOne(
  { operator, modifier }: Pick<CheckExpr, "operator" | "modifier">,
  value: ScalarValue,
  right: readonly Literal[],
): boolean {
  const definition = operatorDefinition(operator);
  if (definition.kind === "membership") return definition.evaluate(value, right);
  return satisfiesRelation(definition, modifier, value, right);
}

function satisfiesRelation(
  relation: Relation,
  modifier: CheckExpr["modifier"],
  value: ScalarValue,
  right: readonly Literal[],
): boolean {
  const holding = right.filter((literal) => relation.evaluate(value, literal)).length;
  switch (modifier) {
    case null:
    case "anyof":
      return holding > 0;
    case "oneof":
      return holding === 1;
    case "allof":
      return holding > 0 && holding === right.length;
    default:
      return modifier satisfies never;
  }
}
