// SPDX-License-Identifier: Apache-2.0
// What the tests of the language ask of parser, checker, evaluator and renderer, each as one function.
import {
  type CompileOptions,
  type CompileResult,
  checkCondition,
  compile,
  interpret,
} from "@falcoc/compiler";
import { createCatalog } from "@falcoc/compiler/catalog";
import type { FieldUse, FieldValue } from "@falcoc/compiler/program";
import { decodeText, encodeText, parseCondition, printCondition } from "@falcoc/parser";
import { type CaseFields, caseCatalog, caseReader } from "../conformance/case-catalog.ts";
import { runCompiled } from "../conformance/run-compiled.ts";

/** The canonical form of a condition, or `✗ OFFSET` where the engine would stop reading. */
export function parsed(text: string, maxDepth?: number): string {
  const result = parseCondition(encodeText(text), maxDepth === undefined ? {} : { maxDepth });
  return result.ok ? decodeText(printCondition(result.condition)) : `✗ ${result.error.offset}`;
}

/** The message of a syntax error; null when there is none. */
export function syntaxMessage(text: string): string | null {
  const result = parseCondition(encodeText(text));
  return result.ok ? null : decodeText(result.error.message);
}

/**
 * The verdict of a condition on one event, or `✗ MESSAGE` when it is refused. Fields that the event does not name are
 * looked up in the real catalogue, and have no value. Interpreter and emitted code must agree.
 */
export function evaluated(text: string, fields: CaseFields): boolean | string {
  const result = parseCondition(encodeText(text));
  if (!result.ok) return `✗ ${result.error.message}`;
  const checked = checkCondition(result.condition, {
    catalog: caseCatalog(fields, createCatalog()),
    source: "syscall",
  });
  if (!checked.ok) return `✗ ${checked.error.message}`;
  const readCase = caseReader(fields);
  const read = (field: FieldUse): FieldValue | null =>
    Object.hasOwn(fields, field.text) ? readCase(field) : null;
  const interpreted = interpret(checked.expr, read);
  const compiled = runCompiled(checked.expr, read);
  if (interpreted !== compiled) throw new Error(`${text}: interpreter ${interpreted}, code ${compiled}`);
  return compiled;
}

/** Warnings about the literals of a condition, by kind. */
export function literalWarnings(text: string, fields: CaseFields): readonly string[] {
  const result = parseCondition(encodeText(text));
  if (!result.ok) throw new Error(result.error.message);
  const catalog = caseCatalog(fields, createCatalog());
  return checkCondition(result.condition, { catalog, source: "syscall" }).warnings.map(({ kind }) => kind);
}

/** A complete rule with a condition, and lines of further keys. */
export function rule(condition: string, ...more: readonly string[]): string {
  return namedRule("r1", condition, ...more);
}

export function namedRule(name: string, condition: string, ...more: readonly string[]): string {
  const keys = { rule: name, desc: "d", output: "o", priority: "INFO", condition };
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `- ${[...lines, ...more].join("\n  ")}\n`;
}

export function list(name: string, ...items: readonly string[]): string {
  return `- list: ${JSON.stringify(name)}\n  items: ${JSON.stringify(items)}\n`;
}

export function macro(name: string, condition: string, ...more: readonly string[]): string {
  return `- ${[`macro: ${JSON.stringify(name)}`, `condition: ${JSON.stringify(condition)}`, ...more].join("\n  ")}\n`;
}

/** Loads files with these texts, one after the other. */
export function loaded(texts: readonly string[], options?: CompileOptions): CompileResult {
  return compile(
    texts.map((text, i) => ({ path: `${i + 1}.yaml`, text })),
    options,
  );
}

/**
 * What the engine says of each file: the codes of its error and of its warnings, in order, joined with blanks;
 * `ok` when there are none.
 */
export function codes(texts: readonly string[], options?: CompileOptions): readonly string[] {
  return loaded(texts, options).loads.map(({ errors, warnings }) => {
    const all = [...errors, ...warnings].map(({ code }) => code.replace(/^LOAD_/, ""));
    return all.length === 0 ? "ok" : all.join(" ");
  });
}

/** The condition of a rule of files as it was compiled; `✗ CODE: MESSAGE` of the first error without one. */
export function compiled(texts: readonly string[], name = "r1"): string {
  const { description, loads } = loaded(texts);
  const found = description.rules.find(({ info }) => info.name === name);
  if (found !== undefined) return found.details.condition_compiled;
  const error = loads.flatMap(({ errors }) => errors)[0];
  return `✗ ${error?.code.replace(/^LOAD_/, "")}: ${error?.report.message}`;
}
