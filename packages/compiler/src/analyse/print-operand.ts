// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import type { Operand } from "../ir/expr.ts";

/** A checked operand as a condition names it. */
export function printOperandText(operand: Operand): string {
  switch (operand.kind) {
    case "field":
      return operand.field.text;
    case "text":
      return JSON.stringify(decodeText(operand.text));
    case "list":
      return `(${operand.items.map(printOperandText).join(", ")})`;
    case "transform": {
      const { name, selector } = operand.call;
      const brackets = selector === null ? "" : `[${decodeText(selector)}]`;
      return `${name}(${operand.args.map(printOperandText).join(", ")})${brackets}`;
    }
    default:
      return operand satisfies never;
  }
}
