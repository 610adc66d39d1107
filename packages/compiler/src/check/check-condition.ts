// SPDX-License-Identifier: Apache-2.0
import type { BinaryCheck, Condition, ExistsCheck, MacroReference } from "@falcoc/parser";
import { type CheckOperator, type Expr, operandIsList, operandType } from "../ir/expr.ts";
import { postOrder } from "../ir/post-order.ts";
import { checkOperand } from "./check-operand.ts";
import { checkLiterals, checkRightOperand } from "./check-right.ts";
import type { CheckContext } from "./checked-operand.ts";
import type { CheckWarning } from "./literal-warnings.ts";
import { type CheckParts, lowerCheck } from "./lower-check.ts";
import { aroundFault, operatorFault } from "./operator-rules.ts";
import { type Fault, failure, type Result, success } from "./result.ts";

/** What is wrong with one check of a condition. */
export interface CheckError extends Fault {
  /** Offset in bytes of the check, in the text it was written in. */
  readonly start: number;
  /** The check; absent where it is not one check that is at fault. */
  readonly check?: Check;
}

/** What looks odd about a literal. */
export interface PlacedWarning extends CheckWarning {
  /** Offset in bytes of the right side, in the text it was written in. */
  readonly start: number;
  readonly check: Check;
}

/** A part of a condition that is checked by itself. */
export type Check = ExistsCheck | BinaryCheck | MacroReference;

export type CheckedCondition =
  | { readonly ok: true; readonly expr: Expr; readonly warnings: readonly PlacedWarning[] }
  | {
      readonly ok: false;
      /** The one that the engine reports. */
      readonly error: CheckError;
      /** All of them, at most one for each check; the engine's first. */
      readonly errors: readonly CheckError[];
      readonly warnings: readonly PlacedWarning[];
    };

/** Most checks of one condition, macros written out. */
const CHECKS_MAX = 1_000_000;

interface CheckedLeaf {
  readonly result: Result<Expr>;
  readonly warnings: readonly PlacedWarning[];
}

/** What is known of checks in one context: conditions that share macros share it. */
export type CheckedLeaves = WeakMap<Check, CheckedLeaf>;

/** Resolves and types a condition without macro references. */
export function checkCondition(
  condition: Condition,
  context: CheckContext,
  leaves: CheckedLeaves = new WeakMap(),
): CheckedCondition {
  const warnings: PlacedWarning[] = [];
  const errors = new Map<Check, CheckError>();
  let count = 0;
  for (const check of leavesInOrder(condition)) {
    if (++count > CHECKS_MAX) return tooLarge(condition);
    const checked = leaves.get(check) ?? checkLeaf(check, context);
    leaves.set(check, checked);
    for (const warning of checked.warnings) warnings.push(warning);
    if (!checked.result.ok) errors.set(check, { ...checked.result.fault, start: check.start, check });
  }
  const [error] = errors.values();
  if (error !== undefined) return { ok: false, error, errors: [...errors.values()], warnings };
  return { ok: true, expr: buildExpr(condition, leaves), warnings };
}

function tooLarge({ start }: Condition): CheckedCondition {
  const { fault } = failure("too-large", `condition has more than ${CHECKS_MAX} checks`);
  const error: CheckError = { ...fault, start };
  return { ok: false, error, errors: [error], warnings: [] };
}

/** Checks from left to right. Those of a macro come once for each of its uses. */
function* leavesInOrder(condition: Condition): Generator<Check> {
  const open: Condition[] = [condition];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.kind) {
      case "and":
      case "or":
        for (let i = node.children.length - 1; i >= 0; i--) open.push(node.children[i]!);
        break;
      case "not":
        open.push(node.child);
        break;
      default:
        yield node;
    }
  }
}

function buildExpr(condition: Condition, leaves: CheckedLeaves): Expr {
  const built = new Map<Condition, Expr>();
  for (const node of postOrder([condition], childConditions)) {
    const { start, end } = node;
    switch (node.kind) {
      case "and":
      case "or":
        built.set(node, {
          kind: node.kind,
          start,
          end,
          children: node.children.map((child) => built.get(child)!),
        });
        break;
      case "not":
        built.set(node, { kind: "not", start, end, child: built.get(node.child)! });
        break;
      default: {
        const { result } = leaves.get(node)!;
        if (result.ok) built.set(node, result.value);
      }
    }
  }
  return built.get(condition)!;
}

function childConditions(node: Condition): readonly Condition[] {
  if (node.kind === "and" || node.kind === "or") return node.children;
  return node.kind === "not" ? [node.child] : [];
}

function checkLeaf(leaf: Check, context: CheckContext): CheckedLeaf {
  switch (leaf.kind) {
    case "macro": {
      const message = `filter error: unexpected identifier '${leaf.name}'`;
      return { result: failure("unexpected-identifier", message, leaf.name), warnings: [] };
    }
    case "exists": {
      const left = checkOperand(leaf.left, context);
      const { start, end } = leaf;
      const result: Result<Expr> = left.ok
        ? success({ kind: "exists", start, end, left: left.value.operand })
        : left;
      return { result, warnings: [] };
    }
    case "check": {
      const warnings: PlacedWarning[] = [];
      const warn = (warning: CheckWarning) =>
        warnings.push({ ...warning, start: leaf.right.start, check: leaf });
      return { result: checkBinary(leaf, context, warn), warnings };
    }
    default:
      return leaf satisfies never;
  }
}

function checkBinary(
  node: BinaryCheck,
  context: CheckContext,
  warn: (warning: CheckWarning) => void,
): Result<Expr> {
  const left = checkOperand(node.left, context);
  if (!left.ok) return left;
  const operator: CheckOperator = node.operator === "==" ? "=" : node.operator;
  const { operand } = left.value;
  const fault =
    operatorFault(operator, node.modifier, operandType(operand), operandIsList(operand)) ??
    aroundFault(operator, left.value.base);
  if (fault !== null) return { ok: false, fault };
  const right =
    node.right.kind === "transformer"
      ? checkRightOperand(node.right, operator, left.value, context)
      : checkLiterals(node.right, operator, left.value, context, warn);
  if (!right.ok) return right;
  const { start, end, modifier } = node;
  const parts: CheckParts = { start, end, operator, modifier, left: operand, right: right.value };
  return success(lowerCheck(parts));
}
