// SPDX-License-Identifier: Apache-2.0
import { code, joinCode } from "../emit/code.ts";
import { referencePathMatch } from "../interpret/reference-path-match.ts";
import type { Membership } from "./define.ts";

/** A path that is one of the listed ones or lies below one. */
export const pathMatch: Membership = {
  kind: "membership",
  classes: ["string"],
  lists: false,
  fields: false,
  literal: "typed",
  cost: 60,
  likelihood: 0.1,
  evaluate: (value, right) => right.some((path) => referencePathMatch(String(path), String(value))),
  emit(value, right, constants) {
    const paths = joinCode(right.map(String), code`, `);
    return code`${constants.define(code`rt.pathTest([${paths}])`)}(${value})`;
  },
  emitBetween: null,
};
