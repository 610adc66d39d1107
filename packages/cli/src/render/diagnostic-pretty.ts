// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, Severity } from "@falcoc/parser";
import type { Format, Style } from "../terminal.ts";
import { printable } from "./display.ts";
import { excerpt } from "./excerpt.ts";
import { countSeverities, type LintReport, plural } from "./lint-report.ts";
import { Places } from "./places.ts";

const COLOURS: Readonly<Record<Severity, Format>> = { error: "red", warning: "yellow", info: "cyan" };

/** More than that nobody reads; the formats for machines have them all. */
const SHOWN_MAX = 500;

/** Diagnostics for people: place, message, the lines concerned with carets under them, what to do. */
export function renderPretty(report: LintReport, style: Style, width: number): string {
  const places = new Places(report.files);
  const shown = report.diagnostics.slice(0, SHOWN_MAX);
  const blocks = shown.map((diagnostic) => renderDiagnostic(diagnostic, places, style, width));
  const left = report.diagnostics.length - shown.length;
  if (left > 0) blocks.push(`${left} more are not shown; --format json has them all\n`);
  return [...blocks, `${summary(report, style)}\n`].join("\n");
}

/** One diagnostic, ending in a line feed. */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  places: Places,
  style: Style,
  width: number,
): string {
  const { span, severity } = diagnostic;
  const place = span === null ? null : places.place(span);
  const where =
    span === null
      ? ""
      : `${printable(span.path)}${place ? `:${place.start.line}:${place.start.column}` : ""}: `;
  const head = `${style("bold", where)}${style([COLOURS[severity], "bold"].flat() as Format, `${severity}:`)} ${style(
    "bold",
    printable(diagnostic.message),
  )} ${style("dim", `[${printable(diagnostic.code)}]`)}`;
  return [head, ...excerptBlock(diagnostic, places, style, width), ""].join("\n");
}

function excerptBlock(diagnostic: Diagnostic, places: Places, style: Style, width: number): string[] {
  const { span, severity } = diagnostic;
  const file = span === null ? null : places.file(span.path);
  const notes = (margin: string) =>
    noteLines(diagnostic, places).map((note) => `${margin} ${style("cyan", "=")} ${note}`);
  if (span === null || file === null) return notes("  ");
  const gutter = Math.max(3, String(file.lines.position(span.end).line).length + 1);
  const bar = style("dim", "|");
  const lines = excerpt(file.text, file.lines, span, width - gutter - 4).flatMap(
    ({ number, text, marks }) => {
      const margin = number === null ? "" : String(number);
      const shown = `${style("dim", margin.padStart(gutter))} ${bar} ${text}`.trimEnd();
      return marks === ""
        ? [shown]
        : [shown, `${" ".repeat(gutter)} ${bar} ${style(COLOURS[severity], marks)}`];
    },
  );
  return [...lines, ...notes(" ".repeat(gutter))];
}

function noteLines({ hint, related, fix }: Diagnostic, places: Places): string[] {
  const notes = (related ?? []).map(({ span, message }) => {
    const place = places.place(span);
    const where = place === null ? "" : `:${place.start.line}:${place.start.column}`;
    return `note: ${printable(`${span.path}${where}: ${message}`)}`;
  });
  if (hint !== undefined) notes.push(`hint: ${printable(hint)}`);
  if (fix?.safe) notes.push(`fix: ${printable(fix.title)} (applied by --fix)`);
  return notes;
}

function summary({ files, diagnostics }: LintReport, style: Style): string {
  const counts = countSeverities(diagnostics);
  const found = (["error", "warning", "info"] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) =>
      style(
        COLOURS[severity],
        severity === "info" ? `${counts.info} info` : plural(counts[severity], severity),
      ),
    );
  return `${plural(files.length, "file")}: ${found.length === 0 ? style("green", "no findings") : found.join(", ")}`;
}
