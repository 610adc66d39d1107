// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import { OPERATOR_NAMES, TRANSFORMERS } from "./operators.ts";
import type { Position } from "./source.ts";

const CALLS = ["val", ...TRANSFORMERS].map(quote).join(", ");

/** Every way in which a condition can be wrong, with the engine's words. `%` stands for what the place adds. */
const MESSAGES = {
  "empty-input": "filter input string is empty",
  "trailing-text": "unexpected token after '%', expecting 'or', 'and'",
  "operand-missing": "expected a '(' token, a field check, or an identifier",
  unclosed: "expected a ')' token",
  "blank-missing": "expected blank or '(' after '%'",
  "operator-missing": `expected a valid check operator: one of ${OPERATOR_NAMES.map(quote).join(", ")}`,
  "number-missing": `expected a number value or a field with a valid transformer: ${CALLS}`,
  "text-missing": `expected a string value or a field with a valid transformer: ${CALLS}`,
  "item-missing": "expected a string value",
  "list-missing": `expected a list, an identifier, or a field with a valid transformer: ${CALLS}`,
  "field-argument-missing": "expected a valid field argument: a quoted string or a bare string",
  "field-argument-unclosed": "expected a ']' token",
  "call-argument-missing":
    "expected field transformer argument: field, transformer, quoted string, number, or transformer list",
  "call-unclosed": "expected a ')' token closing the transformer",
  "call-item-missing": "expected transformer list argument: field, transformer, quoted string, or number",
  "call-list-unclosed": "expected ')'",
  "val-field-missing": "expected a field within 'val' transformer",
  "bad-escape": "%",
  "too-deep": "exceeded max depth limit of %",
} as const;

/** Stable name of a kind of syntax error. */
export type SyntaxErrorCategory = keyof typeof MESSAGES;

/** The first thing wrong with a condition; the engine never reports a second. */
export interface ConditionSyntaxError {
  /** The engine's wording. */
  readonly message: string;
  readonly category: SyntaxErrorCategory;
  /** Offset in bytes at which the engine's scanner stands when it gives up: behind everything it has consumed. */
  readonly offset: number;
  /** Line and column of that offset as the engine counts them (`enginePosition`). */
  readonly line: number;
  readonly column: number;
}

/** What the scanner knows of an error. Its line and column are counted only when somebody is to see them. */
export interface Fault {
  readonly category: SyntaxErrorCategory;
  readonly offset: number;
  /** Text that the message quotes. */
  readonly detail: string;
}

export function syntaxError(text: ByteString, fault: Fault): ConditionSyntaxError {
  const { category, offset, detail } = fault;
  const message = MESSAGES[category].replace("%", () => detail);
  return { message, category, offset, ...enginePosition(text, offset) };
}

/**
 * Line and column of an offset in a condition as the engine counts them: both from 1, columns in bytes, and
 * CR and LF start a new line each, so that CRLF counts as two.
 */
export function enginePosition(text: ByteString, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

function quote(name: string): string {
  return `'${name}'`;
}
