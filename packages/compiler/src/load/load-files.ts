// SPDX-License-Identifier: Apache-2.0
import { type Diagnostic, type RulesFile, readRulesFile, type SourceFile } from "@falcoc/parser";
import type { AppendOutput } from "./append-output.ts";
import { checkSchema } from "./check-schema.ts";
import { type Collection, copyCollection, emptyCollection } from "./collection.ts";
import { type CompiledCollection, compileCollection } from "./compile-collection.ts";
import { type Finding, Findings, toDiagnostic, upToFirstError } from "./findings.ts";
import type { EngineItem, LoadResult, SchemaResult } from "./load-result.ts";
import { readFile } from "./read-file.ts";
import type { Session } from "./session.ts";

export interface LoadOptions {
  readonly engineVersion: string;
  readonly appendOutput: readonly AppendOutput[];
}

export interface LoadedFiles {
  /** As they were read, in order. */
  readonly files: readonly RulesFile[];
  /** What was collected from all files, as far as the engine read them. */
  readonly collection: Collection;
  /** What the last successful load left active; null when none succeeded. */
  readonly active: CompiledCollection | null;
  /** The engine's view of each file, in order. */
  readonly loads: readonly LoadResult[];
  /** Everything that was found, each thing once. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Loads files one after the other into one collection, as the engine does (spec 3.2). The engine stops a file at its
 * first error and goes on with the next one; people want to know of the other errors too. So from the first error
 * in the items of a file on there are two collections: the engine's, which lacks the rest of that file, and one that
 * has everything, which the findings for people come from.
 */
export function loadFiles(
  sources: readonly SourceFile[],
  session: Session,
  options: LoadOptions,
): LoadedFiles {
  const files: RulesFile[] = [];
  const loads: LoadResult[] = [];
  const diagnostics = new Map<string, Diagnostic>();
  let engine = emptyCollection();
  let people = engine;
  let active: CompiledCollection | null = null;
  for (const source of sources) {
    const file = readRulesFile(source);
    files.push(file);
    const apart = people !== engine;
    const forPeople = loadFile(file, people, session, options);
    const forEngine = apart ? loadFile(file, engine, session, options) : forPeople;
    if (!apart) engine = forPeople.beforeError;
    else engine = forEngine.beforeError;
    people = forPeople.collection;
    if (forEngine.findings.every(({ severity }) => severity !== "error")) active = forEngine.compiled;
    loads.push(resultOf(file, forEngine.findings));
    collectDiagnostics(forPeople.findings, diagnostics);
  }
  return { files, collection: engine, active, loads, diagnostics: [...diagnostics.values()] };
}

interface LoadedFile {
  /** With all items of the file. */
  readonly collection: Collection;
  /** With those up to the first error; the same object when there was none while reading. */
  readonly beforeError: Collection;
  readonly compiled: CompiledCollection;
  /** In the order in which the engine would meet them. */
  readonly findings: readonly Finding[];
}

function loadFile(
  file: RulesFile,
  collection: Collection,
  session: Session,
  options: LoadOptions,
): LoadedFile {
  const { engineVersion, appendOutput } = options;
  const reading = {
    findings: new Findings(),
    catalog: session.catalog,
    target: session.target,
    engineVersion,
  };
  let current = collection;
  readFile({ ...reading, collection }, file, () => {
    current = copyCollection(collection);
    return { ...reading, collection: current };
  });
  const compiling = new Findings();
  const compiled = compileCollection(current, session, appendOutput, compiling);
  const dropped = reading.findings.dropped + compiling.dropped;
  return {
    collection: current,
    beforeError: collection,
    compiled,
    findings: [...reading.findings.all, ...compiling.all, ...noteOfDropped(file, dropped)],
  };
}

function noteOfDropped(file: RulesFile, dropped: number): readonly Finding[] {
  if (dropped === 0) return [];
  const message = `${dropped} more findings are not shown`;
  const span = file.span(0, 0);
  return [{ code: "FILE_TOO_MANY_FINDINGS", severity: "info", message, span, engine: null }];
}

function resultOf(file: RulesFile, findings: readonly Finding[]): LoadResult {
  const seen = upToFirstError(findings);
  const items = (severity: Finding["severity"]): readonly EngineItem[] =>
    seen.flatMap((finding) => (finding.severity === severity ? engineItem(finding) : []));
  const errors = items("error");
  const documents = file.problem === null ? file.documents.map(({ root }) => root) : [];
  let schema: SchemaResult | null = null;
  return {
    name: file.source.path,
    successful: errors.length === 0,
    get schema() {
      schema ??= checkSchema(documents);
      return schema;
    },
    errors,
    warnings: items("warning"),
  };
}

function engineItem(finding: Finding): readonly EngineItem[] {
  const { engine } = toDiagnostic(finding, true);
  return engine === undefined ? [] : [{ code: finding.code, report: engine }];
}

/** Compile-time findings come again with every later file: they are kept once. */
function collectDiagnostics(findings: readonly Finding[], diagnostics: Map<string, Diagnostic>): void {
  const seen = new Set(upToFirstError(findings));
  for (const finding of findings) {
    const { code, message, span } = finding;
    const key = `${code}\n${span?.path}\n${span?.start}\n${span?.end}\n${message}`;
    if (!diagnostics.has(key)) diagnostics.set(key, toDiagnostic(finding, seen.has(finding)));
  }
}
