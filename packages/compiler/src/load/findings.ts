// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  type Diagnostic,
  decodeText,
  type EngineReport,
  type Fix,
  type Severity,
  type Span,
} from "@falcoc/parser";
import { type Context, locationsOf, snippetOf } from "./context.ts";
import { FINDINGS_MAX } from "./limits.ts";
import type { LoadCodeName } from "./load-codes.ts";
import type { OwnCode } from "./own-codes.ts";

/** A problem as it is found, with what both people and the engine say about it. */
export interface Finding {
  readonly code: LoadCodeName | OwnCode;
  readonly severity: Severity;
  /** For people. */
  readonly message: string;
  readonly span: Span | null;
  readonly hint?: string;
  readonly related?: Diagnostic["related"];
  readonly fix?: Fix;
  /** The engine's wording and place; null for findings that are only ours. */
  readonly engine: { readonly message: ByteString; readonly context: Context } | null;
  readonly deprecatedField?: string;
}

/** Collects findings in the order in which the engine would meet them. */
export class Findings {
  readonly #findings: Finding[] = [];
  #errors = 0;
  #dropped = 0;

  get all(): readonly Finding[] {
    return this.#findings;
  }

  get errors(): number {
    return this.#errors;
  }

  /** Findings beyond the bound. */
  get dropped(): number {
    return this.#dropped;
  }

  add(finding: Finding): void {
    if (finding.severity === "error") this.#errors++;
    const isFirstError = finding.severity === "error" && this.#errors === 1;
    if (this.#findings.length < FINDINGS_MAX || isFirstError) this.#findings.push(finding);
    else this.#dropped++;
  }

  error(code: LoadCodeName, context: Context, engineMessage: ByteString, rest: ForPeople): void {
    this.add({ code, severity: "error", engine: { message: engineMessage, context }, ...rest });
  }

  warn(code: LoadCodeName, context: Context, engineMessage: ByteString, rest: ForPeople): void {
    this.add({ code, severity: "warning", engine: { message: engineMessage, context }, ...rest });
  }

  /** A finding that the engine does not make. */
  note(code: OwnCode, rest: ForPeople): void {
    this.add({ code, severity: "warning", engine: null, ...rest });
  }
}

export type ForPeople = Pick<Finding, "message" | "span" | "hint" | "related" | "fix" | "deprecatedField">;

/** What the engine would have met: it stops at its first error. */
export function upToFirstError(findings: readonly Finding[]): readonly Finding[] {
  const first = findings.findIndex(({ severity }) => severity === "error");
  const seen = first < 0 ? findings : findings.slice(0, first + 1);
  return seen.filter(({ engine }) => engine !== null);
}

/** `withEngine`: whether the engine reports it too. */
export function toDiagnostic(finding: Finding, withEngine: boolean): Diagnostic {
  const { engine, deprecatedField, ...diagnostic } = finding;
  if (!withEngine || engine === null) return diagnostic;
  return { ...diagnostic, engine: engineReport(engine.message, engine.context, deprecatedField) };
}

function engineReport(
  message: ByteString,
  context: Context,
  deprecatedField: string | undefined,
): EngineReport {
  const report = {
    message: decodeText(message),
    locations: locationsOf(context),
    snippet: snippetOf(context),
  };
  return deprecatedField === undefined ? report : { ...report, deprecatedField };
}
