// SPDX-License-Identifier: Apache-2.0
import { code } from "../emit/code.ts";
import type { ScalarValue } from "../program/index.ts";
import type { Relation } from "./define.ts";

const ordering = {
  kind: "relation",
  classes: ["numeric", "string"],
  lists: false,
  fields: true,
  literal: "typed",
  cost: 2,
  likelihood: 0.5,
} as const;

/** Numbers by value, texts byte by byte; both sides always have the same type. */
export const less: Relation = {
  ...ordering,
  evaluate: (value, right) => value < right,
  emit: (value, right) => code`${value} < ${right as ScalarValue}`,
  emitBetween: (value, right) => code`${value} < ${right}`,
};

export const lessOrEqual: Relation = {
  ...ordering,
  evaluate: (value, right) => value <= right,
  emit: (value, right) => code`${value} <= ${right as ScalarValue}`,
  emitBetween: (value, right) => code`${value} <= ${right}`,
};

export const greater: Relation = {
  ...ordering,
  evaluate: (value, right) => value > right,
  emit: (value, right) => code`${value} > ${right as ScalarValue}`,
  emitBetween: (value, right) => code`${value} > ${right}`,
};

export const greaterOrEqual: Relation = {
  ...ordering,
  evaluate: (value, right) => value >= right,
  emit: (value, right) => code`${value} >= ${right as ScalarValue}`,
  emitBetween: (value, right) => code`${value} >= ${right}`,
};
