// SPDX-License-Identifier: Apache-2.0
import { asciiLower, includesFolded } from "./ascii.ts";
import { globMatches, globTest } from "./glob.ts";
import { isAmong } from "./membership.ts";
import { networkTest } from "./network.ts";
import { pathTest } from "./path-tree.ts";
import type { Evaluator, Extractor } from "./program.ts";
import { regexTest } from "./regex.ts";
import { b64, basename, concat, getopt, join, len, list, print, tolower, toupper } from "./transform.ts";

/** Everything that generated code calls: its `rt`. */
export const primitives = {
  asciiLower,
  includesFolded,
  globMatches,
  globTest,
  isAmong,
  networkTest,
  pathTest,
  regexTest,
  tolower,
  toupper,
  basename,
  b64,
  len,
  join,
  concat,
  getopt,
  list,
  print,
} as const;

export type Primitives = typeof primitives;

/**
 * What the source text of a program is the body of. `field` is asked once for the extractor of each slot, `enabled`
 * once for each rule: a rule that is not enabled stays so in this evaluator.
 */
export type Instantiate<E> = (
  rt: Primitives,
  field: (slot: number) => Extractor<E>,
  enabled: (rule: number) => boolean,
) => Evaluator<E>;
