// SPDX-License-Identifier: Apache-2.0
import type { Span } from "./source.ts";

export type Severity = "error" | "warning" | "info";

/** One replacement of a range of a rules file. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A change that mends a finding. */
export interface Fix {
  /** What the change does, as an imperative: "Remove the duplicate item". */
  readonly title: string;
  /** True when it cannot change what any rule matches, so that `--fix` may apply it. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** Every problem in user input, from every phase, in one shape. Nothing of the user's is thrown. */
export interface Diagnostic {
  /** Stable code: the engine's own (`LOAD_…`) where it has one, else ours. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that names the thing in quotes. */
  readonly message: string;
  /** Smallest range that shows the problem; null when it belongs to no file. */
  readonly span: Span | null;
  /** Other places that explain it. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /** What to do about it: the nearest name, the right form. */
  readonly hint?: string;
  readonly fix?: Fix;
  /** How the engine itself reports this problem; absent on findings that are only ours. */
  readonly engine?: EngineReport;
}

/** The engine's own view of a load error or warning (spec 4.2, 4.3). */
export interface EngineReport {
  /** Message as the engine words it, or ours where the engine's is long. May be empty. */
  readonly message: string;
  /** Chain of places, outermost first; the first is always the whole file. */
  readonly locations: readonly EngineLocation[];
  /** Line of the content with a caret line under it. */
  readonly snippet: string;
  /** Only on warnings about deprecated fields. */
  readonly deprecatedField?: string;
}

/** Numbers count as the engine counts them: YAML places from 0; places in conditions are sums (spec 4.2). */
export interface EngineLocation {
  readonly itemType: string;
  readonly itemName: string;
  readonly position: {
    readonly name: string;
    readonly line: number;
    readonly column: number;
    /** In bytes. */
    readonly offset: number;
  };
}
