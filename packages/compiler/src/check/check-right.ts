// SPDX-License-Identifier: Apache-2.0
import type { List, Transformer, Value } from "@falcoc/parser";
import { type CheckOperator, type Literals, type Operand, operandIsList, operandType } from "../ir/expr.ts";
import { operatorDefinition } from "../operators/index.ts";
import { checkOperand } from "./check-operand.ts";
import { type CheckContext, type CheckedOperand, operandName } from "./checked-operand.ts";
import { type CheckWarning, literalWarnings } from "./literal-warnings.ts";
import { parseLiteral } from "./literals.ts";
import { collect, type Failure, failure, type Result, success } from "./result.ts";
import { isNetworkType } from "./value-types.ts";

/** The values of a right side, read for the type of the left one. Warnings of good literals go to `warn`. */
export function checkLiterals(
  node: Value | List,
  operator: CheckOperator,
  left: CheckedOperand,
  context: CheckContext,
  warn: (warning: CheckWarning) => void,
): Result<Literals> {
  const { literal } = operatorDefinition(operator);
  const field = left.base.kind === "field" ? left.base.field : null;
  const values = collect(node.kind === "list" ? node.items : [node], (item) => {
    const value = parseLiteral(item.text, operandType(left.operand), literal, field, context.catalog);
    if (value.ok) literalWarnings(item, operator, context).forEach(warn);
    return value;
  });
  return values.ok ? success({ kind: "literals", values: values.value }) : values;
}

/** A field, or transformers over fields, to compare the left side with. */
export function checkRightOperand(
  node: Transformer,
  operator: CheckOperator,
  left: CheckedOperand,
  context: CheckContext,
): Result<Operand> {
  const right = checkOperand(node, context);
  if (!right.ok) return right;
  return rightSideFault(operator, left, right.value) ?? success(right.value.operand);
}

function rightSideFault(
  operator: CheckOperator,
  left: CheckedOperand,
  right: CheckedOperand,
): Failure | null {
  const leftType = operandType(left.operand);
  if (!operatorDefinition(operator).fields) {
    return wrong(`operator '${operator.toUpperCase()}' doesn't support right-hand side fields`);
  }
  if (left.definition?.noRightHand) {
    return wrong(`field '${operandName(left)}' doesn't support right-hand side fields`);
  }
  if (isNetworkType(leftType))
    return wrong(`field type '${leftType}' doesn't support right-hand side fields`);
  if (right.definition?.noRightHand) {
    return wrong(`field '${operandName(right)}' can't be used as a right-hand side field`);
  }
  const [leftText, rightText] = [typeText(left.operand), typeText(right.operand)];
  if (leftText === rightText) return null;
  const [leftName, rightName] = [operandName(left), operandName(right)];
  return wrong(
    `field '${leftName}' has type '${leftText}' while the right-hand side field '${rightName}' has incompatible type '${rightText}'`,
  );
}

function typeText(operand: Operand): string {
  return operandIsList(operand) ? `${operandType(operand)} (list)` : operandType(operand);
}

function wrong(message: string): Failure {
  return failure("wrong-right-side", message);
}
