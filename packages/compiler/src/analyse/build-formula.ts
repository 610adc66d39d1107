// SPDX-License-Identifier: Apache-2.0
import { classOf } from "../check/value-types.ts";
import { satisfiesOne } from "../interpret/interpret.ts";
import {
  type CheckExpr,
  type Expr,
  type Literal,
  type Operand,
  operandIsList,
  operandType,
  quantifierOf,
} from "../ir/expr.ts";
import { childExprs, postOrder } from "../ir/post-order.ts";
import type { ScalarValue } from "../program/index.ts";
import { regexTest } from "../program/regex.ts";
import type { Formula, Property, Variable } from "./formula.ts";
import { printOperandText } from "./print-operand.ts";

/** Makes formulas of checked conditions. Those of one builder share what is equal. */
export class FormulaBuilder {
  readonly #formulas = new Map<string, Formula>();
  readonly #variables = new Map<string, Variable>();
  readonly #properties = new Map<string, Property>();
  readonly #built = new WeakMap<Expr, Formula>();

  of(root: Expr): Formula {
    const known = this.#built.get(root);
    if (known !== undefined) return known;
    for (const expr of postOrder([root], (node) => (this.#built.has(node) ? [] : childExprs(node)))) {
      if (!this.#built.has(expr)) this.#built.set(expr, this.#build(expr));
    }
    return this.#built.get(root)!;
  }

  and(...children: readonly Formula[]): Formula {
    return this.#junction("and", children);
  }

  or(...children: readonly Formula[]): Formula {
    return this.#junction("or", children);
  }

  not(child: Formula): Formula {
    if (child.kind === "not") return child.child;
    return this.#intern(`not ${child.id}`, (id) => ({ kind: "not", id, child }));
  }

  exists(variable: Variable): Formula {
    return this.#intern(`exists ${variable.key}`, (id) => ({ kind: "exists", id, variable }));
  }

  #build(expr: Expr): Formula {
    switch (expr.kind) {
      case "and":
      case "or":
        return this.#junction(
          expr.kind,
          expr.children.map((child) => this.#built.get(child)!),
        );
      case "not":
        return this.not(this.#built.get(expr.child)!);
      case "exists":
        return this.exists(this.#variable(expr.left));
      case "never":
        return this.#open(`never ${printOperandText(expr.left)}`, false);
      case "check":
        return this.#check(expr);
      default:
        return expr satisfies never;
    }
  }

  #check(check: CheckExpr): Formula {
    const { left, right, operator, modifier } = check;
    if (right.kind !== "literals") {
      const sides = `${printOperandText(left)} ${operator} ${modifier ?? ""} ${printOperandText(right)}`;
      return this.#open(`between ${sides}`, null);
    }
    const { values } = right;
    if (values.length === 0) {
      return this.#open(`empty ${printOperandText(left)} ${operator}`, operandIsList(left) ? null : false);
    }
    const constant = eventNumberConstant(check, values);
    if (constant !== null) return this.#open(`number ${operator} ${literalsKey(values)}`, constant);
    if (classOf(operandType(left)) === "none") {
      return this.#open(`${printOperandText(left)} ${operator} ${literalsKey(values)}`, null);
    }
    return this.#comparison(check, this.#variable(left), values);
  }

  /** `anyof` and `allof` are an `or` and an `and` over the values; the other forms are one statement. */
  #comparison(check: CheckExpr, variable: Variable, values: readonly Literal[]): Formula {
    const { operator, modifier } = check;
    const single = (value: Literal): Formula =>
      this.#comparison({ ...check, modifier: null }, variable, [value]);
    if (modifier === "anyof" && operator !== "=") return this.or(...values.map(single));
    if (modifier === "allof") return this.and(...values.map(single));
    const wanted = operator !== "!=" || modifier === "oneof";
    const property = this.#property(check, values);
    const quantifier = quantifierOf(check);
    switch (quantifier) {
      case "one":
      case "some":
        return this.#some(variable, property, wanted);
      case "every":
        return this.and(this.exists(variable), this.not(this.#some(variable, property, !wanted)));
      case "every-present":
        return this.and(this.#some(variable, ANY, true), this.not(this.#some(variable, property, !wanted)));
      default:
        return quantifier satisfies never;
    }
  }

  #property({ operator, modifier, left }: CheckExpr, values: readonly Literal[]): Property {
    const isOneOf = modifier === "oneof";
    const isEquation = !isOneOf && MEMBERSHIPS.has(operator);
    const own: Pick<Property, "operator" | "modifier"> = isEquation
      ? { operator: "in", modifier: null }
      : { operator, modifier: isOneOf ? modifier : null };
    const key = `${classOf(operandType(left))} ${own.operator} ${own.modifier ?? ""} ${literalsKey(values)}`;
    const known = this.#properties.get(key);
    if (known !== undefined) return known;
    const property: Property = { key, ...own, values, holds: testOf(operator, own.modifier, values) };
    this.#properties.set(key, property);
    return property;
  }

  #variable(operand: Operand): Variable {
    const key = printOperandText(operand);
    const known = this.#variables.get(key);
    if (known !== undefined) return known;
    const comparison = operand.kind === "field" ? operand.field.comparison : "value";
    const several = operandIsList(operand) || comparison === "endpoints" || comparison === "ancestors";
    const variable: Variable = { key, operand, type: operandType(operand), several };
    this.#variables.set(key, variable);
    return variable;
  }

  #some(variable: Variable, property: Property, wanted: boolean): Formula {
    const key = `some ${variable.key} ${wanted} ${property.key}`;
    return this.#intern(key, (id) => ({ kind: "some", id, variable, property, wanted }));
  }

  #open(key: string, actual: boolean | null): Formula {
    return this.#intern(`open ${key}`, (id) => ({ kind: "open", id, actual }));
  }

  #junction(kind: "and" | "or", children: readonly Formula[]): Formula {
    const [first] = children;
    if (first !== undefined && children.length === 1) return first;
    const key = `${kind} ${children.map(({ id }) => id).join(" ")}`;
    return this.#intern(key, (id) => ({ kind, id, children }));
  }

  #intern(key: string, make: (id: number) => Formula): Formula {
    const known = this.#formulas.get(key);
    if (known !== undefined) return known;
    const formula = make(this.#formulas.size);
    this.#formulas.set(key, formula);
    return formula;
  }
}

/** Operators whose meaning is that a value is among given ones; `!=` means that it is not. */
const MEMBERSHIPS: ReadonlySet<string> = new Set(["=", "!=", "in", "intersects"]);

function testOf(operator: CheckExpr["operator"], modifier: Property["modifier"], values: readonly Literal[]) {
  const plain = operator === "!=" && modifier === null ? "=" : operator;
  if (plain !== "regex")
    return (value: ScalarValue) => satisfiesOne({ operator: plain, modifier }, value, values);
  const tests = values.map((pattern) => regexTest(String(pattern)));
  return (value: ScalarValue) => {
    const holding = tests.filter((test) => test(String(value))).length;
    return modifier === "oneof" ? holding === 1 : holding > 0;
  };
}

const ANY: Property = { key: "any", operator: "any", modifier: null, values: [], holds: () => true };

/**
 * What a check on the number of the event always comes to, as events count from 1: rules write `evt.num = 0` for
 * what never holds and `evt.num >= 0` for what always does. null when it depends on the event.
 */
function eventNumberConstant({ left, operator }: CheckExpr, values: readonly Literal[]): boolean | null {
  if (left.kind !== "field" || left.field.name !== "evt.num") return null;
  const [least] = values.map(Number).sort((a, b) => a - b);
  const greatest = Math.max(...values.map(Number));
  if (least === undefined) return null;
  switch (operator) {
    case "=":
    case "in":
    case "intersects":
      return greatest === 0 ? false : null;
    case "!=":
      return greatest === 0 ? true : null;
    case "<":
      return least <= 1 ? false : null;
    case "<=":
      return least <= 0 ? false : null;
    case ">":
      return greatest <= 0 ? true : null;
    case ">=":
      return greatest <= 1 ? true : null;
    default:
      return null;
  }
}

function literalsKey(values: readonly Literal[]): string {
  const keys = values.map((value) =>
    typeof value === "object"
      ? `network ${JSON.stringify(value.address)}/${value.prefix}`
      : typeof value === "string"
        ? JSON.stringify(value)
        : String(value),
  );
  return keys.sort().join(",");
}
