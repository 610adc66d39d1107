// SPDX-License-Identifier: Apache-2.0

/** What a completion script has to know of a command. */
export interface CommandShape {
  readonly name: string;
  readonly summary: string;
  /** Words that its argument can be. */
  readonly words: readonly string[];
  readonly takesFiles: boolean;
  readonly flags: readonly FlagShape[];
}

export interface FlagShape {
  /** `--format`. */
  readonly long: string;
  /** `-o`; null without. */
  readonly short: string | null;
  readonly summary: string;
  readonly takesValue: boolean;
  /** The values it can take; empty when anything, which is then completed as a file. */
  readonly values: readonly string[];
}
