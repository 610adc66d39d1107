// SPDX-License-Identifier: Apache-2.0
import type { Field, Template, Transformer } from "@falcoc/parser";
import type { Operand } from "../ir/expr.ts";
import type { FieldTable } from "../ir/field-table.ts";
import type { OutputPart, OutputTemplate, OutputValue } from "../program/index.ts";
import type { CheckError } from "./check-condition.ts";
import { checkOperand } from "./check-operand.ts";
import type { CheckContext } from "./checked-operand.ts";

export type CheckedTemplate =
  | { readonly ok: true; readonly output: OutputTemplate }
  | { readonly ok: false /** Its `start` is that of the token. */; readonly error: CheckError };

/** Resolves the tokens of an output template; its fields get slots of `fields`. */
export function checkTemplate(
  template: Template,
  context: CheckContext & { readonly fields: FieldTable },
): CheckedTemplate {
  const parts: OutputPart[] = [];
  for (const part of template.parts) {
    if (part.kind === "text") {
      parts.push({ kind: "text", text: part.text });
      continue;
    }
    const value = checkOperand(part.value, context);
    if (!value.ok) return { ok: false, error: { ...value.fault, start: part.start } };
    parts.push({ kind: "token", value: outputValue(value.value.operand, context.fields), width: part.width });
  }
  return { ok: true, output: { kind: "template", tolerant: template.tolerant, parts } };
}

/** Whether a field or call can stand in an output: what the parser of templates asks to find the end of a token. */
export function resolvesInOutput(value: Field | Transformer, context: CheckContext): boolean {
  return checkOperand(value, context).ok;
}

/** The value as outputs keep it: fields by slot, without offsets. */
export function outputValue(operand: Operand, fields: FieldTable): OutputValue {
  switch (operand.kind) {
    case "field":
      return { kind: "field", slot: fields.slot(operand.field) };
    case "text":
      return { kind: "literal", text: operand.text };
    case "list":
      return { kind: "list", items: operand.items.map((item) => outputValue(item, fields)) };
    case "transform": {
      const args = operand.args.map((arg) => outputValue(arg, fields));
      return { kind: "transform", ...operand.call, args, isList: operand.isList };
    }
    default:
      return operand satisfies never;
  }
}
