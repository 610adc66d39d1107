// SPDX-License-Identifier: Apache-2.0
import type { FieldValue, ScalarValue } from "../program/index.ts";
import { findValue } from "./find-value.ts";
import { isEventType, type Requirement, type SomeStatement, type Variable } from "./formula.ts";

/** What is known of one variable on an event that is being looked for. Immutable. */
export interface Constraint {
  readonly variable: Variable;
  /** null while nothing says. */
  readonly exists: boolean | null;
  /** For each of these one of the values must meet it; the only value must meet them all. */
  readonly some: readonly Requirement[];
  /** No value may meet any of these. */
  readonly none: readonly Requirement[];
}

/** A value that fits; proof that none does; or neither. */
export type Fitting =
  | { readonly kind: "value"; readonly value: FieldValue | null }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

export function unconstrained(variable: Variable): Constraint {
  return { variable, exists: null, some: [], none: [] };
}

export function withExistence(constraint: Constraint, exists: boolean): Constraint {
  return { ...constraint, exists };
}

/** With a statement about the variable taken for true or false. */
export function withStatement(constraint: Constraint, statement: SomeStatement, truth: boolean): Constraint {
  const { property, wanted } = statement;
  const requirement: Requirement = { property, wanted };
  return truth
    ? { ...constraint, some: [...constraint.some, requirement] }
    : { ...constraint, none: [...constraint.none, requirement] };
}

export function fitting({ variable, exists, some, none }: Constraint): Fitting {
  if (exists === false) return some.length > 0 ? { kind: "none" } : { kind: "value", value: null };
  if (exists === null && some.length === 0 && !isEventType(variable)) return { kind: "value", value: null };
  const avoided = none.map(({ property, wanted }): Requirement => ({ property, wanted: !wanted }));
  if (!variable.several) return findValue(variable, [...some, ...avoided]);
  const elements = new Set<ScalarValue>();
  let unknown = false;
  for (const requirement of some.length > 0 ? some : [null]) {
    const found = findValue(variable, requirement === null ? avoided : [requirement, ...avoided]);
    if (found.kind === "value") elements.add(found.value);
    // Without a requirement, no element at all may be what there is.
    else if (found.kind === "none" && requirement !== null) return found;
    else unknown = true;
  }
  return unknown ? { kind: "unknown" } : { kind: "value", value: [...elements] };
}
