// SPDX-License-Identifier: Apache-2.0
import type { EngineReport } from "@falcoc/parser";

/** How the engine itself reports the loading of one file: what its validation prints. */
export interface LoadResult {
  /** Path of the file, as given. */
  readonly name: string;
  readonly successful: boolean;
  readonly schema: SchemaResult;
  /** At most one: the engine stops at the first. */
  readonly errors: readonly EngineItem[];
  readonly warnings: readonly EngineItem[];
}

/** One error or warning of the engine. */
export interface EngineItem {
  /** `LOAD_…` */
  readonly code: string;
  readonly report: EngineReport;
}

/** What the advisory check against the structure of rules files found; it never stops a load. */
export interface SchemaResult {
  /** `none`: there was no document to check. */
  readonly status: "ok" | "failed" | "none";
  readonly warnings: readonly string[];
}
