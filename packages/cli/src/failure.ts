// SPDX-License-Identifier: Apache-2.0

/** Ends a command with exit status 2: wrong usage, or input that cannot be read. Caught in one place, `main`. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** One line each, without the program's name. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}
