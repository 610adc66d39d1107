// SPDX-License-Identifier: Apache-2.0
import type { FieldValue, ScalarValue } from "./program.ts";

/** Whether a value is among the elements of a list, or is the one value given. */
export function isAmong(value: ScalarValue, values: FieldValue): boolean {
  return typeof values === "object" ? values.includes(value) : values === value;
}
