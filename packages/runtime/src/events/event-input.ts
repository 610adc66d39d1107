// SPDX-License-Identifier: Apache-2.0
import type { TestCase } from "../testing/test-case.ts";
import { PROBLEMS_MAX } from "./limits.ts";

/** What was read of a file of events. */
export interface EventInput {
  /** In the order of the file; each event that stands alone is a case of its own. */
  readonly cases: readonly TestCase[];
  /** What could not be read. */
  readonly problems: readonly EventProblem[];
  /** Problems beyond `PROBLEMS_MAX`, which are not kept. */
  readonly problemsDropped: number;
}

export interface EventProblem {
  readonly path: string;
  /** From 1; null where lines mean nothing. */
  readonly line: number | null;
  /** One sentence without its place. */
  readonly message: string;
}

/** Collects problems within their bound. */
export class ProblemList {
  readonly problems: EventProblem[] = [];
  dropped = 0;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  add(line: number | null, message: string): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push({ path: this.#path, line, message });
    else this.dropped++;
  }
}
