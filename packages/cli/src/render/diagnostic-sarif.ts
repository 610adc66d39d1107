// SPDX-License-Identifier: Apache-2.0
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic, Fix, Severity, Span } from "@falcoc/parser";
import type { LintReport } from "./lint-report.ts";
import { Places } from "./places.ts";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** A SARIF 2.1.0 log with one run, as code scanning services take it. */
export function renderSarif(
  report: LintReport,
  toolVersion: string,
  summaryOf: (code: string) => string | null,
): string {
  const places = new Places(report.files);
  const codes = [...new Set(report.diagnostics.map((diagnostic) => diagnostic.code))].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "falcoc",
            version: toolVersion,
            rules: codes.map((id) => ruleOf(id, summaryOf(id))),
          },
        },
        columnKind: "utf16CodeUnits",
        artifacts: report.files.map((file) => ({ location: artifact(file.path), sourceLanguage: "yaml" })),
        results: report.diagnostics.map((diagnostic) => result(diagnostic, codes, places)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: string, summary: string | null): object {
  return summary === null ? { id } : { id, shortDescription: { text: summary } };
}

function result(diagnostic: Diagnostic, codes: readonly string[], places: Places): object {
  const { code, severity, message, hint, span, related, fix } = diagnostic;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    ...(span !== null && { locations: [{ physicalLocation: physicalLocation(span, places) }] }),
    ...(related && {
      relatedLocations: related.map((one, index) => ({
        id: index + 1,
        message: { text: one.message },
        physicalLocation: physicalLocation(one.span, places),
      })),
    }),
    ...(fix && { fixes: [sarifFix(fix, places)] }),
  };
}

function physicalLocation(span: Span, places: Places): object {
  const region = regionOf(span, places);
  return { artifactLocation: artifact(span.path), ...(region && { region }) };
}

function regionOf(span: Span, places: Places): object | null {
  const place = places.place(span);
  return (
    place && {
      startLine: place.start.line,
      startColumn: place.start.column,
      endLine: place.end.line,
      endColumn: place.end.column,
      charOffset: span.start,
      charLength: span.end - span.start,
    }
  );
}

function sarifFix(fix: Fix, places: Places): object {
  const paths = [...new Set(fix.edits.map((edit) => edit.span.path))];
  return {
    description: { text: fix.title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifact(path),
      replacements: fix.edits
        .filter((edit) => edit.span.path === path)
        .map((edit) => ({
          deletedRegion: regionOf(edit.span, places) ?? {},
          insertedContent: { text: edit.newText },
        })),
    })),
  };
}

function artifact(path: string): { uri: string } {
  if (isAbsolute(path)) return { uri: pathToFileURL(path).href };
  return { uri: path.split("/").map(encodeURIComponent).join("/") };
}
