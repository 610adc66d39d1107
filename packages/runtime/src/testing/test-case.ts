// SPDX-License-Identifier: Apache-2.0
import type { Event } from "../event.ts";

/** Events with what is expected of the rules on them. An event that stands alone is a case without expectations. */
export interface TestCase {
  /** As given, else by the place: `line 3`. */
  readonly name: string;
  /** File of the case. */
  readonly path: string;
  /** Line where it begins, from 1; null where lines mean nothing. */
  readonly line: number | null;
  readonly events: readonly Event[];
  readonly expectation: Expectation | null;
}

export interface Expectation {
  /** Rules of which each must match one of the events. */
  readonly expect: readonly string[];
  /** Whether no other rule may match. */
  readonly exactly: boolean;
  /** Rules that must not match. */
  readonly reject: readonly string[];
  /** Messages of alerts by rule, `*` for any text in them. These rules must match too. */
  readonly output: Readonly<Record<string, string>>;
}
