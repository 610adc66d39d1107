// SPDX-License-Identifier: Apache-2.0
import { type CompileOptions, type CompileResult, compile } from "@falcoc/compiler";
import type { Diagnostic, SourceFile } from "@falcoc/parser";
import { readRulesFiles } from "./input/rules-files.ts";
import { renderDiagnostic } from "./render/diagnostic-pretty.ts";
import { plural } from "./render/lint-report.ts";
import { Places } from "./render/places.ts";
import type { Terminal } from "./terminal.ts";

/** Reads and compiles RULES arguments. Rules that do not load are told about on standard error; then it gives null. */
export async function loadRules(
  terminal: Terminal,
  rules: readonly string[],
  options: CompileOptions,
): Promise<CompileResult | null> {
  const files = await readRulesFiles(rules, terminal.stdin);
  const result = compile(files, options);
  const errors = loadErrors(result);
  if (errors.length === 0) return result;
  reportErrors(terminal, files, errors);
  return null;
}

/** What keeps an engine from using the rules; empty when it would load them all. */
export function loadErrors({ loads, diagnostics }: CompileResult): readonly Diagnostic[] {
  if (loads.every((load) => load.successful)) return [];
  return diagnostics.filter((diagnostic) => diagnostic.severity === "error");
}

function reportErrors({ err }: Terminal, files: readonly SourceFile[], errors: readonly Diagnostic[]): void {
  const places = new Places(files);
  for (const error of errors) err.write(`${renderDiagnostic(error, places, err.style, err.width)}\n`);
  err.write(`these rules do not load: ${plural(errors.length, "error")}\n`);
}
