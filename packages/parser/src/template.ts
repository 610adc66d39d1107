// SPDX-License-Identifier: Apache-2.0
import type { Field, Template, TemplatePart, TemplateToken, Transformer } from "./ast.ts";
import type { ByteString } from "./bytes.ts";
import { operandAt } from "./condition.ts";
import { fieldEnd } from "./lexemes.ts";

export interface TemplateError {
  /** The engine's wording. */
  readonly message: string;
  /** Offset in bytes of the `%` concerned; 0 for an empty template. */
  readonly offset: number;
}

export type TemplateResult =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly error: TemplateError };

/** Whether a field or transformer call exists and may be printed. Decides where a token ends. */
export type Resolves = (value: Field | Transformer) => boolean;

/** Greatest width that a token pads to, in bytes; wider ones are cut to it, so that no alert can exhaust memory. */
const WIDTH_MAX = 65_535;

/** Longest field name that is tried, in bytes: the search for the end of a name asks about each shorter one. */
const NAME_MAX = 256;

/**
 * Parses an output template. A token is the longest run behind its `%` that parses and that `resolves` accepts;
 * what follows is literal, and there is no way to write a literal `%`.
 */
export function parseTemplate(text: ByteString, resolves: Resolves): TemplateResult {
  if (text === "") return failed("empty formatting token", 0);
  const tolerant = text.startsWith("*");
  const parts: TemplatePart[] = [];
  let at = tolerant ? 1 : 0;
  while (at < text.length) {
    const percent = text.indexOf("%", at);
    const textEnd = percent < 0 ? text.length : percent;
    if (textEnd > at) parts.push({ kind: "text", start: at, end: textEnd, text: text.slice(at, textEnd) });
    if (percent < 0) break;
    const token = parseToken(text, percent, resolves);
    if (typeof token === "string") return failed(token, percent);
    parts.push(token);
    at = token.end;
  }
  return { ok: true, template: { tolerant, parts } };
}

function failed(message: string, offset: number): TemplateResult {
  return { ok: false, error: { message, offset } };
}

/** The token of a `%`, or the engine's message. A width of zero is none. */
function parseToken(text: ByteString, percent: number, resolves: Resolves): TemplateToken | string {
  const start = widthEnd(text, percent + 1);
  if (start === text.length) {
    return `invalid formatting syntax: formatting cannot end with a ${start === percent + 1 ? "%" : "number"}`;
  }
  const width = Math.min(Number(text.slice(percent + 1, start)), WIDTH_MAX);
  const value = longestValue(text, start, resolves);
  // The engine's message stops here: by then it has shortened the token to nothing.
  if (value === null) return "unknown filter: unexpected token after '";
  return { kind: "token", start: percent, end: value.end, value, width: width === 0 ? null : width };
}

function widthEnd(text: ByteString, start: number): number {
  let end = start;
  while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return end;
}

function longestValue(text: ByteString, start: number, resolves: Resolves): Field | Transformer | null {
  for (const withArgument of [true, false]) {
    const operand = operandAt(text, start, withArgument);
    if (operand !== null && resolves(operand)) return operand;
  }
  return longestField(text, start, resolves);
}

/** The longest beginning of a field name that resolves: any that holds a dot and does not end in one can be a name. */
function longestField(text: ByteString, start: number, resolves: Resolves): Field | null {
  const whole = text.slice(start, Math.min(fieldEnd(text, start), start + NAME_MAX));
  for (let length = whole.length; length > whole.indexOf(".") + 1; length--) {
    const name = whole.slice(0, length);
    if (name.endsWith(".")) continue;
    const field: Field = { kind: "field", start, end: start + length, name, argument: null };
    if (resolves(field)) return field;
  }
  return null;
}
