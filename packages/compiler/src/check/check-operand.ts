// SPDX-License-Identifier: Apache-2.0
import { decodeText, type Field, type TransformerArgument } from "@falcoc/parser";
import type { ResolvedField } from "../catalog/types.ts";
import type { Operand } from "../ir/expr.ts";
import type { FieldUse } from "../program/index.ts";
import { checkTransformer } from "./check-transformer.ts";
import type { CheckContext, CheckedOperand } from "./checked-operand.ts";
import { collect, failure, type Result, success } from "./result.ts";

/** Resolves the names of one side of a check, of an argument or of a token, and checks its transformers. */
export function checkOperand(node: TransformerArgument, context: CheckContext): Result<CheckedOperand> {
  switch (node.kind) {
    case "field":
      return checkField(node, context);
    case "transformer":
      return checkTransformer(node, (argument) => checkOperand(argument, context));
    case "value":
      return constant({ kind: "text", start: node.start, end: node.end, text: node.text });
    case "transformer-list": {
      const items = collect(node.items, (item) => checkOperand(item, context));
      if (!items.ok) return items;
      const operands = items.value.map((item) => item.operand);
      return constant({ kind: "list", start: node.start, end: node.end, items: operands });
    }
    default:
      return node satisfies never;
  }
}

/** Text of a field reference as the catalogue looks it up. */
export function fieldText(field: Field): string {
  return field.argument === null ? field.name : `${field.name}[${decodeText(field.argument)}]`;
}

function constant(operand: Operand): Result<CheckedOperand> {
  return success({ operand, base: operand, definition: null });
}

function checkField(node: Field, { catalog, source }: CheckContext): Result<CheckedOperand> {
  const text = fieldText(node);
  const lookup = catalog.resolve(text, source);
  if (!lookup.ok) {
    const isUnknown = lookup.message.includes("nonexistent field");
    return failure(isUnknown ? "unknown-field" : "bad-field", lookup.message, text);
  }
  const field = fieldUse(lookup.field);
  const operand: Operand = { kind: "field", start: node.start, end: node.end, field };
  return success({ operand, base: operand, definition: lookup.field.definition });
}

function fieldUse({ definition, text, argument, type, isList, comparison }: ResolvedField): FieldUse {
  const { name, print, filterOnly, provider } = definition;
  return { text, name, argument, type, isList, print, comparison, filterOnly, provider };
}
