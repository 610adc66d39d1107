// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, Span } from "@falcoc/parser";
import { countSeverities, type LintReport } from "./lint-report.ts";
import { Places } from "./places.ts";

/** One JSON document: every diagnostic with its places, and counts. Offsets are UTF-16 units from 0. */
export function renderJson(report: LintReport): string {
  const places = new Places(report.files);
  const document = {
    version: 1,
    files: report.files.map((file) => file.path),
    diagnostics: report.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, places)),
    counts: countSeverities(report.diagnostics),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function diagnosticToJson(diagnostic: Diagnostic, places: Places): object {
  const { code, severity, message, span, related, hint, fix, engine } = diagnostic;
  return {
    code,
    severity,
    message,
    place: span === null ? null : placeToJson(span, places),
    ...(related && {
      related: related.map((one) => ({ message: one.message, place: placeToJson(one.span, places) })),
    }),
    ...(hint !== undefined && { hint }),
    ...(fix && {
      fix: {
        title: fix.title,
        safe: fix.safe,
        edits: fix.edits.map((edit) => ({ place: placeToJson(edit.span, places), newText: edit.newText })),
      },
    }),
    ...(engine && { engine }),
  };
}

function placeToJson(span: Span, places: Places): object {
  const place = places.place(span);
  return {
    path: span.path,
    start: { offset: span.start, ...place?.start },
    end: { offset: span.end, ...place?.end },
  };
}
