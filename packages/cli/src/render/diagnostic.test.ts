// SPDX-License-Identifier: Apache-2.0
import type { Diagnostic, SourceFile, Span } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { plain, type Style } from "../terminal.ts";
import { renderGithub } from "./diagnostic-github.ts";
import { renderJson } from "./diagnostic-json.ts";
import { renderPretty } from "./diagnostic-pretty.ts";
import { renderSarif } from "./diagnostic-sarif.ts";
import type { LintReport } from "./lint-report.ts";

const file: SourceFile = {
  path: "rules/my rules.yaml",
  text: "- macro: m\n  condition: proc.nam = cat\n- list: l\n  items: [a, a]\n",
};

function span(text: string): Span {
  const start = file.text.indexOf(text);
  return { path: file.path, start, end: start + text.length };
}

const unknownField: Diagnostic = {
  code: "LOAD_ERR_COMPILE_CONDITION",
  severity: "error",
  message: 'Field "proc.nam" does not exist',
  span: span("proc.nam"),
  hint: 'Did you mean "proc.name"?',
  related: [{ span: span("m\n"), message: "in this macro" }],
};
const duplicate: Diagnostic = {
  code: "duplicate-item",
  severity: "warning",
  message: 'Item "a" is there twice, 100%',
  span: span(", a"),
  fix: { title: "Remove the second", safe: true, edits: [{ span: span(", a"), newText: "" }] },
};
const placeless: Diagnostic = { code: "x", severity: "info", message: "two\nlines", span: null };

const report: LintReport = { files: [file], diagnostics: [unknownField, duplicate, placeless] };
const tagged: Style = (format, text) => `<${[format].flat().join("+")}>${text}</>`;

describe("diagnostics for people", () => {
  it("shows place, message, excerpt, notes and a summary", () => {
    expect(renderPretty(report, plain, 80)).toBe(
      [
        'rules/my rules.yaml:2:14: error: Field "proc.nam" does not exist [LOAD_ERR_COMPILE_CONDITION]',
        "  2 |   condition: proc.nam = cat",
        "    |              ^^^^^^^^",
        "    = note: rules/my rules.yaml:1:10: in this macro",
        '    = hint: Did you mean "proc.name"?',
        "",
        'rules/my rules.yaml:4:12: warning: Item "a" is there twice, 100% [duplicate-item]',
        "  4 |   items: [a, a]",
        "    |            ^^^",
        "    = fix: Remove the second (applied by --fix)",
        "",
        "info: two␊lines [x]",
        "",
        "1 file: 1 error, 1 warning, 1 info",
        "",
      ].join("\n"),
    );
  });

  it("colours by severity", () => {
    const text = renderPretty({ files: [file], diagnostics: [placeless] }, tagged, 80);
    expect(text).toBe(
      "<bold></><cyan+bold>info:</> <bold>two␊lines</> <dim>[x]</>\n\n1 file: <cyan>1 info</>\n",
    );
  });

  it("counts what would be too much to read", () => {
    const diagnostics = Array.from({ length: 1000 }, () => placeless);
    const lines = renderPretty({ files: [file], diagnostics }, plain, 80).split("\n");
    expect(lines.filter((line) => line.startsWith("info:"))).toHaveLength(500);
    expect(lines).toContain("500 more are not shown; --format json has them all");
    expect(lines).toContain("1 file: 1000 info");
  });

  it("says when there is nothing", () => {
    expect(renderPretty({ files: [file, file], diagnostics: [] }, plain, 80)).toBe("2 files: no findings\n");
  });
});

describe("diagnostics for machines", () => {
  it("json has places, fixes and counts", () => {
    const document = JSON.parse(renderJson(report));
    expect(document.counts).toEqual({ error: 1, warning: 1, info: 1 });
    expect(document.diagnostics[0].place).toEqual({
      path: file.path,
      start: { offset: 24, line: 2, column: 14 },
      end: { offset: 32, line: 2, column: 22 },
    });
    expect(document.diagnostics[1].fix.edits[0].place.start).toEqual({ offset: 60, line: 4, column: 12 });
    expect(document.diagnostics[2]).toEqual({
      code: "x",
      severity: "info",
      message: "two\nlines",
      place: null,
    });
  });

  it("github escapes what its commands reserve", () => {
    expect(renderGithub(report)).toBe(
      [
        '::error file=rules/my rules.yaml,line=2,endLine=2,col=14,endColumn=22,title=LOAD_ERR_COMPILE_CONDITION::Field "proc.nam" does not exist%0ADid you mean "proc.name"?',
        '::warning file=rules/my rules.yaml,line=4,endLine=4,col=12,endColumn=15,title=duplicate-item::Item "a" is there twice, 100%25',
        "::notice title=x::two%0Alines",
        "",
      ].join("\n"),
    );
  });

  it("sarif has one rule a code, regions and replacements", () => {
    const [run] = JSON.parse(
      renderSarif(report, "1.2.3", (code) => (code === "x" ? "What x is." : null)),
    ).runs;
    expect(run.tool.driver.rules).toEqual([
      { id: "LOAD_ERR_COMPILE_CONDITION" },
      { id: "duplicate-item" },
      { id: "x", shortDescription: { text: "What x is." } },
    ]);
    expect(run.results.map((one: { level: string }) => one.level)).toEqual(["error", "warning", "note"]);
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "rules/my%20rules.yaml" },
      region: { startLine: 2, startColumn: 14, endLine: 2, endColumn: 22, charOffset: 24, charLength: 8 },
    });
    expect(run.results[1].fixes[0].artifactChanges[0].replacements[0].insertedContent).toEqual({ text: "" });
    expect(run.results[2].locations).toBeUndefined();
  });
});
