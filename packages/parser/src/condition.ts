// SPDX-License-Identifier: Apache-2.0
import type { Condition, Operand } from "./ast.ts";
import { buildCondition, buildOperand } from "./build.ts";
import type { ByteString } from "./bytes.ts";
import { scanCondition } from "./scan-condition.ts";
import { scanOperand } from "./scan-operand.ts";
import { type ConditionSyntaxError, syntaxError } from "./syntax-error.ts";

/** Depth limits of the engine: when it loads rules, and when it parses a condition by itself. */
export const DEPTH_MAX_RULES = 1000;
export const DEPTH_MAX_ALONE = 100;

export interface ParseOptions {
  /**
   * Level of the engine's recursion at which it gives up; a group takes five levels. Default and most: 1000, the
   * limit for conditions of rules.
   */
  readonly maxDepth?: number;
}

export type ParseResult =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly error: ConditionSyntaxError };

export type OperandResult =
  | { readonly ok: true; readonly operand: Operand }
  | { readonly ok: false; readonly error: ConditionSyntaxError };

/** Parses a condition. Offsets in tree and error count bytes of the text. Takes linear time; never throws. */
export function parseCondition(text: ByteString, options: ParseOptions = {}): ParseResult {
  const scanned = scanCondition(text, Math.min(options.maxDepth ?? DEPTH_MAX_RULES, DEPTH_MAX_RULES));
  if (scanned.fault !== null) return { ok: false, error: syntaxError(text, scanned.fault) };
  return { ok: true, condition: buildCondition(scanned) };
}

/** Parses a text that is one field reference or one transformer call, without blanks around it. */
export function parseOperand(text: ByteString): OperandResult {
  const scanned = scanOperand(text, 0, DEPTH_MAX_ALONE, true);
  if (scanned.fault !== null) return { ok: false, error: syntaxError(text, scanned.fault) };
  if (scanned.end === text.length) return { ok: true, operand: buildOperand(scanned) };
  const detail = text.slice(0, scanned.end);
  return { ok: false, error: syntaxError(text, { category: "trailing-text", offset: scanned.end, detail }) };
}

/**
 * The field reference or transformer call that begins at an offset, whatever follows; null when none does. Without
 * `argument`, brackets right behind it are taken for something that follows.
 */
export function operandAt(text: ByteString, at: number, argument: boolean): Operand | null {
  const scanned = scanOperand(text, at, DEPTH_MAX_ALONE, argument);
  return scanned.fault === null ? buildOperand(scanned) : null;
}
