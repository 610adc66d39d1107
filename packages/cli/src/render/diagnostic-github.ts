// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, Severity } from "@falcoc/parser";
import type { LintReport } from "./lint-report.ts";
import { Places } from "./places.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands, one a line, which GitHub shows beside the lines of a change. */
export function renderGithub(report: LintReport): string {
  const places = new Places(report.files);
  return report.diagnostics.map((diagnostic) => `${workflowCommand(diagnostic, places)}\n`).join("");
}

function workflowCommand(diagnostic: Diagnostic, places: Places): string {
  const properties = { ...location(diagnostic, places), title: diagnostic.code };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const hint = diagnostic.hint === undefined ? "" : `\n${diagnostic.hint}`;
  return `::${COMMANDS[diagnostic.severity]} ${list.join(",")}::${escapeData(diagnostic.message + hint)}`;
}

function location({ span }: Diagnostic, places: Places): Record<string, string | number> {
  const place = span === null ? null : places.place(span);
  if (span === null || place === null) return span === null ? {} : { file: span.path };
  const { start, end } = place;
  const lines = { file: span.path, line: start.line, endLine: end.line };
  // Columns are only understood where a finding stays on one line.
  return start.line === end.line ? { ...lines, col: start.column, endColumn: end.column } : lines;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
