// SPDX-License-Identifier: Apache-2.0
import { anyGlobTest } from "./any-glob.ts";
import { asciiLower, includesFolded } from "./ascii.ts";
import { globMatches, globTest } from "./glob.ts";
import { isAmong } from "./membership.ts";
import { networkTest } from "./network.ts";
import { pathTest } from "./path-tree.ts";
import type { Evaluator, Extractor } from "./program.ts";
import { anyRegexTest, regexTest } from "./regex.ts";
import { rememberTexts } from "./text-memory.ts";
import { prefixTest, searchTest, suffixTest } from "./text-search.ts";
import { b64, basename, concat, getopt, join, len, list, print, tolower, toupper } from "./transform.ts";

/** Everything that generated code calls: its `rt`. */
export const primitives = {
  asciiLower,
  includesFolded,
  globMatches,
  globTest,
  anyGlobTest,
  isAmong,
  networkTest,
  pathTest,
  regexTest,
  anyRegexTest,
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
  rememberTexts,
  searchTest,
  prefixTest,
  suffixTest,
} as const;

export type Primitives = typeof primitives;

/**
 * Makes memory of `words` words for what an evaluator finds out about processes: gives that of the process of an event,
 * all 0 at first. It is the same for further events of the process, and is all 0 again once a field that
 * `isProcessField` knows may have another value. Where no process is known it is all 0 for each event. No two
 * evaluators share memory.
 */
export type Remember<E> = (words: number) => (event: E) => Int32Array;

/**
 * What the source text of a program is the body of. `field` is asked once for the extractor of each slot, `enabled`
 * once for each rule: a rule that is not enabled stays so in this evaluator. `remember` is asked at most once.
 */
export type Instantiate<E> = (
  rt: Primitives,
  field: (slot: number) => Extractor<E>,
  enabled: (rule: number) => boolean,
  remember: Remember<E>,
) => Evaluator<E>;

/** Remembers nothing from one event to the next. */
export function rememberNothing<E>(words: number): (event: E) => Int32Array {
  const memory = new Int32Array(words);
  return () => memory.fill(0);
}
