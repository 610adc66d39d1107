// SPDX-License-Identifier: Apache-2.0
import { isNetwork } from "../operators/equality.ts";
import { operatorDefinition } from "../operators/index.ts";
import { type Code, code } from "./code.ts";
import type { Constants } from "./constants.ts";
import { type CheckNode, isValueNode } from "./graph.ts";

/**
 * Test of a check as an operand of `&&` and `||`. `left` and `right` are code of values that may be null; `a` and
 * `b` are variables of every generated function that holds tests, free from one test to the next.
 */
export function emitCheck(node: CheckNode, left: Code, right: Code | null, constants: Constants): Code {
  if (node.quantifier === "one") return emitOne(node, left, right, constants);
  const test = constants.define(emitQuantified(node, constants));
  if (right === null) return code`((a = ${left}) !== null && ${test}(a))`;
  return code`((a = ${left}) !== null && (b = ${right}) !== null && ${test}(a, b))`;
}

function emitOne(node: CheckNode, left: Code, right: Code | null, constants: Constants): Code {
  const isPlainEquation = node.operator === "=" && !isValueNode(node.right) && !isNetwork(node.right[0]!);
  if (isPlainEquation) return emitTest(node, left, constants);
  const test = emitTest(node, code`a`, constants);
  if (right === null) return code`((a = ${left}) !== null && (${test}))`;
  return code`((a = ${left}) !== null && (b = ${right}) !== null && (${test}))`;
}

/** A function of the elements, and of the right side where it is a value. */
function emitQuantified(node: CheckNode, constants: Constants): Code {
  const test = emitTest(node, code`v`, constants);
  switch (node.quantifier) {
    case "some":
      return code`(vs, b) => { for (const v of vs) if (${test}) return true; return false; }`;
    case "every":
      return code`(vs, b) => { for (const v of vs) if (!(${test})) return false; return true; }`;
    case "every-present":
      return code`(vs, b) => { for (const v of vs) if (!(${test})) return false; return vs.length > 0; }`;
    case "one":
      return test;
    default:
      return node.quantifier satisfies never;
  }
}

/** Test of one value that is there; a value on the right is `b`. */
export function emitTest(node: CheckNode, value: Code, constants: Constants): Code {
  const definition = operatorDefinition(node.operator);
  if (isValueNode(node.right)) return definition.emitBetween!(value, code`b`);
  if (definition.kind === "membership") return definition.emit(value, node.right, constants);
  const [only] = node.right;
  return node.right.length === 1
    ? definition.emit(value, only!, constants)
    : definition.emitAny!(value, node.right, constants);
}
