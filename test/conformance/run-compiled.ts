// SPDX-License-Identifier: Apache-2.0
import { type Expr, emitProgram, FieldTable } from "@falcoc/compiler";
import {
  type Evaluator,
  type FieldUse,
  type FieldValue,
  type Instantiate,
  primitives,
  rememberNothing,
} from "@falcoc/compiler/program";

/** Instantiates emitted code whose events are functions that read a field. */
export function instantiate(
  code: string,
  fields: readonly FieldUse[],
  enabled: (rule: number) => boolean = () => true,
): Evaluator<(field: FieldUse) => FieldValue | null> {
  const make = new Function("rt", "field", "enabled", "remember", code) as Instantiate<
    (field: FieldUse) => FieldValue | null
  >;
  return make(primitives, (slot) => (read) => read(fields[slot]!), enabled, rememberNothing);
}

/** Verdict of the emitted code of one condition on one event of a known or unknown code. */
export function runCompiled(expr: Expr, read: (field: FieldUse) => FieldValue | null): boolean {
  const rules = [{ source: "syscall", condition: expr, events: "all" }] as const;
  const { code, fields } = emitProgram(rules, { fields: new FieldTable(), eventTypes: [] });
  return instantiate(code, fields).first(read, "syscall", -1) === 0;
}
