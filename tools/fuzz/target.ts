// SPDX-License-Identifier: Apache-2.0
import type { Random } from "./random.ts";

/** One part of the language that is given random input. */
export interface FuzzTarget {
  readonly name: string;
  /** How often it is chosen, in proportion to the others. */
  readonly weight: number;
  /** Texts of one input: for rules files one a file. */
  make(random: Random): readonly string[];
  /** Must depend on the texts alone, so that a find can be run again. */
  run(texts: readonly string[]): Outcome;
}

export interface Outcome {
  /** What is wrong with us, in a line; null when nothing is. */
  readonly find: string | null;
  /** Whether the input was valid. */
  readonly accepted: boolean;
}

export const REFUSED: Outcome = { find: null, accepted: false };
export const ACCEPTED: Outcome = { find: null, accepted: true };

export function found(find: string): Outcome {
  return { find, accepted: false };
}
