// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { type CheckedCondition, checkCondition, type Expr, interpret } from "@falcoc/compiler";
import { encodeText, parseCondition } from "@falcoc/parser";
import { readJsonLines } from "../shared.ts";
import { type CaseFields, caseCatalog, caseReader } from "./case-catalog.ts";
import { runCompiled } from "./run-compiled.ts";
import type { Suite } from "./suite.ts";

interface EvalRecord {
  readonly id: string;
  readonly expr: string;
  readonly fields: CaseFields;
  readonly expect: boolean | "compile_error" | "run_error" | "compiles";
  /** The engine's message; the place that it shows before a syntax error is left out of the comparison. */
  readonly error?: string;
  readonly warnings?: readonly string[];
}

export const filterEval: Suite = suite("eval");
export const filterEvalOwn: Suite = suite("eval_own");

function suite(name: string): Suite {
  return {
    name: `filter/${name}`,
    *cases(shared) {
      for (const record of readJsonLines<EvalRecord>(join(shared, "corpus", "filter", `${name}.jsonl`))) {
        yield { id: record.id, run: () => check(record) };
      }
    },
  };
}

function check(record: EvalRecord): string | null {
  const { expr, fields, expect, error, warnings } = record;
  const checked = checkText(expr, fields);
  if (expect === "compile_error") {
    if (checked.ok) return `${expr}: compiles, expected ${error}`;
    return sameMessage(checked.error.message, error)
      ? null
      : `${expr}: ${checked.error.message}, expected ${error}`;
  }
  if (!checked.ok) return `${expr}: ${checked.error.message}`;
  const messages = checked.warnings.map((warning) => warning.message);
  if (warnings !== undefined && messages.join("\n") !== warnings.join("\n")) {
    return `${expr}: warnings ${JSON.stringify(messages)}`;
  }
  return expect === "compiles" ? null : evaluate(expr, checked.expr, fields, expect === true);
}

/** A check that the engine gives up on while it runs is false here. */
function evaluate(text: string, expr: Expr, fields: CaseFields, expected: boolean): string | null {
  const read = caseReader(fields);
  const interpreted = interpret(expr, read);
  if (interpreted !== expected) return `${text}: interpreter says ${interpreted}`;
  const compiled = runCompiled(expr, read);
  return compiled === expected ? null : `${text}: compiled code says ${compiled}`;
}

function checkText(text: string, fields: CaseFields): CheckedCondition {
  const parsed = parseCondition(encodeText(text));
  if (parsed.ok) return checkCondition(parsed.condition, { catalog: caseCatalog(fields), source: "syscall" });
  const error = {
    message: parsed.error.message,
    kind: "unexpected-identifier",
    start: parsed.error.offset,
  } as const;
  return { ok: false, error, errors: [error], warnings: [] };
}

function sameMessage(ours: string, theirs = ""): boolean {
  return ours === theirs.replace(/^filter error at index \d+, line \d+, column \d+: /, "");
}
