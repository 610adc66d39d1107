// SPDX-License-Identifier: Apache-2.0
import type { Severity } from "@falcoc/parser";
import type { RunEvent } from "./witness.ts";

export interface LintOptions {
  /**
   * Runs compiled rules over one event. Without it nothing is claimed about what conditions mean, as every such claim
   * comes with an event that has been run.
   */
  readonly run?: RunEvent;
  /** Codes of opt-in rules, or names of their groups. Default: none. */
  readonly enable?: readonly string[];
  /** Codes of findings that are not reported; errors always are. Default: none. */
  readonly disable?: readonly string[];
  /** Severities by code, instead of the usual ones. */
  readonly severities?: Readonly<Record<string, Severity>>;
}
