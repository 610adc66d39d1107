// SPDX-License-Identifier: Apache-2.0
import type { FieldCatalog, FieldDefinition, PrintFormat } from "../catalog/types.ts";
import type { Operand } from "../ir/expr.ts";

/** The world in which conditions and outputs are checked. */
export interface CheckContext {
  readonly catalog: FieldCatalog;
  /** Event source of the rule. */
  readonly source: string;
}

export interface CheckedOperand {
  readonly operand: Operand;
  /** What stands under the transformers of one argument: the engine judges some things by it. */
  readonly base: Operand;
  /** Definition of the field that the base is; null when it is none. */
  readonly definition: FieldDefinition | null;
}

/** Name of an operand in the engine's messages: its field, else its outermost transformer. */
export function operandName({ base, definition }: CheckedOperand): string {
  if (definition !== null) return definition.name;
  return base.kind === "transform" ? base.call.name : base.kind;
}

/** How numbers of an operand are printed. */
export function operandPrint(operand: Operand): PrintFormat {
  if (operand.kind === "field") return operand.field.print;
  return operand.kind === "transform" ? operand.call.print : "NA";
}
