// SPDX-License-Identifier: Apache-2.0

/** What is wrong with a check, stable ids for tools. */
export type CheckErrorKind =
  | "unknown-field"
  | "bad-field"
  | "unexpected-identifier"
  | "wrong-operator"
  | "bad-literal"
  | "bad-regex"
  | "unknown-event-type"
  | "wrong-right-side"
  | "wrong-transformer"
  | "too-large";

/** A fault without its place. */
export interface Fault {
  /** In the engine's wording. */
  readonly message: string;
  readonly kind: CheckErrorKind;
  /** The name or text at fault, for suggestions; absent when it is not one name. */
  readonly name?: string;
}

/** A value, or what is wrong. */
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export interface Failure {
  readonly ok: false;
  readonly fault: Fault;
}

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(kind: CheckErrorKind, message: string, name?: string): Failure {
  return { ok: false, fault: name === undefined ? { message, kind } : { message, kind, name } };
}

/** All values, or the first fault. */
export function collect<T, U>(items: readonly T[], check: (item: T) => Result<U>): Result<readonly U[]> {
  const values: U[] = [];
  for (const item of items) {
    const result = check(item);
    if (!result.ok) return result;
    values.push(result.value);
  }
  return success(values);
}
