// SPDX-License-Identifier: Apache-2.0
import type { RulesDocument, RulesFile, RulesItem } from "@falcoc/parser";
import { fileContext, nodeContext, spanOfNode } from "./context.ts";
import { readItem } from "./read-item.ts";
import type { Reading } from "./reading.ts";

/**
 * Reads the items of a file in order and changes the collection as they say. After an error the rest is read too,
 * so that people see everything at once; `onError` is called after the item with the first error, for the engine
 * stops there.
 */
export function readFile(reading: Reading, file: RulesFile, onError: () => Reading): void {
  const context = fileContext(file);
  reportText(reading, file);
  let current = reading;
  let failed = false;
  const checkpoint = (): void => {
    if (failed || current.findings.errors === 0) return;
    failed = true;
    current = onError();
  };
  checkpoint();
  for (const document of file.documents) {
    reportRoot(current, document, file);
    checkpoint();
    for (const item of document.items) {
      readItem(current, item as RulesItem, context);
      checkpoint();
    }
  }
}

function reportRoot({ findings }: Reading, { root }: RulesDocument, file: RulesFile): void {
  if (root.kind === "sequence") return;
  const engine =
    root.kind === "mapping" ? "Rules content is not yaml array of objects" : "Rules content is not yaml";
  findings.error("LOAD_ERR_YAML_VALIDATE", fileContext(file), engine, {
    message: root.kind === "mapping" ? "a rules file must be a list of items" : "this is no rules file",
    span: spanOfNode(file, root),
    hint:
      root.kind === "mapping"
        ? 'begin each item with "- "'
        : "a rules file is a YAML list of rules, macros and lists",
  });
}

/** Reports what is wrong with the text, before anything is made of it. */
function reportText({ findings }: Reading, file: RulesFile): void {
  const { problem, unclosed, ignoredFrom, source } = file;
  const broken = source.text.indexOf("\ufffd");
  if (broken >= 0) {
    findings.note("FILE_NOT_UTF8", {
      message: "the file is not UTF-8 here",
      span: { path: source.path, start: broken, end: broken + 1 },
    });
  }
  for (const { offset } of unclosed) {
    findings.note("YAML_UNCLOSED_QUOTE", {
      message: "this quote is never closed, so that the text goes on to the end of the file",
      span: file.span(offset, offset + 1),
    });
  }
  if (ignoredFrom !== null) {
    findings.note("YAML_IGNORED_DOCUMENT", {
      message: "this and what follows is not read, because the document before it is empty",
      span: file.span(ignoredFrom.offset, ignoredFrom.offset),
      hint: "remove the empty document",
    });
  }
  if (problem === null) return;
  const { line, column, offset } = problem.mark;
  const engine = `yaml-cpp: error at line ${line + 1}, column ${column + 1}: ${problem.message}`;
  findings.error("LOAD_ERR_YAML_PARSE", nodeContext(fileContext(file), "value for", problem), engine, {
    message: `this is not YAML: ${problem.message}`,
    span: file.span(offset, offset + 1),
  });
}
