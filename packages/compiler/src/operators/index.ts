// SPDX-License-Identifier: Apache-2.0
import type { CheckOperator } from "../ir/expr.ts";
import type { OperatorDefinition } from "./define.ts";
import { equal, notEqual } from "./equality.ts";
import { intersects, isIn } from "./membership.ts";
import { greater, greaterOrEqual, less, lessOrEqual } from "./ordering.ts";
import { pathMatch } from "./path-match.ts";
import { glob, globFolded, regex } from "./patterns.ts";
import { contains, containsFolded, containsHex, endsWith, startsWith, startsWithHex } from "./search.ts";

export type { LiteralForm, Membership, OperatorDefinition, Relation, ValueClass } from "./define.ts";

/** Meaning of every operator with a right side: which types take it, how it is evaluated and emitted. */
export const OPERATOR_DEFINITIONS = {
  "<=": lessOrEqual,
  "<": less,
  ">=": greaterOrEqual,
  ">": greater,
  "=": equal,
  "!=": notEqual,
  glob: glob,
  iglob: globFolded,
  contains: contains,
  icontains: containsFolded,
  bcontains: containsHex,
  startswith: startsWith,
  bstartswith: startsWithHex,
  endswith: endsWith,
  regex: regex,
  intersects: intersects,
  in: isIn,
  pmatch: pathMatch,
} as const satisfies Record<CheckOperator, OperatorDefinition>;

/** The same table, its entries told apart by `kind`. */
export function operatorDefinition(operator: CheckOperator): OperatorDefinition {
  return OPERATOR_DEFINITIONS[operator];
}
