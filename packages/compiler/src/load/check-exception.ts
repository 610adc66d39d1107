// SPDX-License-Identifier: Apache-2.0
import {
  type ByteString,
  decodeText,
  MODIFIERS,
  OPERATOR_NAMES,
  OPERATORS,
  parseCondition,
} from "@falcoc/parser";
import type { FieldCatalog } from "../catalog/types.ts";
import { checkCondition } from "../check/check-condition.ts";
import { didYouMean } from "../suggest.ts";
import type { ExceptionEntry, ExceptionPart } from "./collection.ts";
import { nameOf, quoted } from "./context.ts";
import type { Findings } from "./findings.ts";
import { type MappedText, spanOfText } from "./mapped-text.ts";

/** Operators that take a list, and those with a modifier: in an exception their values stand in parentheses. */
export const LIST_COMPS: ReadonlySet<string> = new Set(
  OPERATOR_NAMES.flatMap((name) => {
    const { shape, modifiers } = OPERATORS[name];
    if (shape === "list") return [name];
    return modifiers ? MODIFIERS.map((modifier) => `${name} ${modifier}`) : [];
  }),
);

const COMPS: ReadonlySet<string> = new Set([...OPERATOR_NAMES, ...LIST_COMPS]);

/**
 * Checks an exception with fields and fills in its operators (spec 3.10). `source` is null for a rule whose source
 * is not loaded, whose fields cannot be checked. null after reporting what is wrong.
 */
export function checkException(
  exception: ExceptionEntry,
  fields: ExceptionPart,
  source: ByteString | null,
  catalog: FieldCatalog,
  findings: Findings,
): ExceptionEntry | null {
  const comps = exception.comps ?? defaultComps(fields);
  const complaint =
    fields.kind === "list"
      ? listComplaint(fields.parts, comps, source, catalog)
      : scalarComplaint(fields.text, comps, source, catalog);
  if (complaint === null) return { ...exception, fields, comps };
  const { engine, text, message, hint } = complaint;
  const { context } = exception;
  const place = text === null || text.text === "" ? null : spanOfText(text, 0, text.text.length);
  const span = place ?? context.file.span(context.mark.offset, context.mark.offset);
  findings.error("LOAD_ERR_VALIDATE", context, engine, {
    message: `${nameOf(context)}: ${message}`,
    span,
    hint,
  });
  return null;
}

interface Complaint {
  readonly engine: string;
  readonly message: string;
  /** What to point at; null for the whole exception. */
  readonly text: MappedText | null;
  readonly hint?: string | undefined;
}

function defaultComps(fields: ExceptionPart): ExceptionPart {
  const comp = (text: string): ExceptionPart => ({ kind: "text", text: { text, pieces: [] } });
  return fields.kind === "list" ? { kind: "list", parts: fields.parts.map(() => comp("=")) } : comp("in");
}

function listComplaint(
  fields: readonly ExceptionPart[],
  comps: ExceptionPart,
  source: ByteString | null,
  catalog: FieldCatalog,
): Complaint | null {
  const operators = comps.kind === "list" ? comps.parts : [];
  if (fields.length !== operators.length) {
    return {
      engine: "Fields and comps lists must have equal length",
      message: `${fields.length} fields need as many comps, not ${operators.length}`,
      text: comps.kind === "text" ? comps.text : null,
      hint: comps.kind === "text" ? 'with a list of fields, "comps" must be a list too' : undefined,
    };
  }
  for (const operator of operators) {
    const text = operator.kind === "text" ? operator.text : null;
    if (COMPS.has(text?.text ?? "")) continue;
    return {
      engine: `'${text?.text ?? ""}' is not a supported comparison operator`,
      message: `${quoted(text?.text ?? "")} is no operator`,
      text,
      hint: didYouMean(text?.text ?? "", COMPS),
    };
  }
  return firstUnknownField(fields, source, catalog);
}

const SCALAR_COMPS = ["in", "pmatch", "intersects"];

function scalarComplaint(
  field: MappedText,
  comps: ExceptionPart,
  source: ByteString | null,
  catalog: FieldCatalog,
): Complaint | null {
  if (comps.kind === "list") {
    return {
      engine: "Fields and comps must both be strings",
      message: 'with one field, "comps" must be one operator',
      text: null,
    };
  }
  if (!LIST_COMPS.has(comps.text.text)) {
    return {
      engine: `When fields is a single value, comps must be one of (${SCALAR_COMPS.join(", ")}) or a modifier operator (e.g. startswith oneof)`,
      message: `with one field, ${quoted(comps.text.text)} cannot be the operator`,
      text: comps.text,
      hint: `use ${SCALAR_COMPS.join(", ")}, or an operator with a modifier, such as "startswith oneof"`,
    };
  }
  return firstUnknownField([{ kind: "text", text: field }], source, catalog);
}

function firstUnknownField(
  fields: readonly ExceptionPart[],
  source: ByteString | null,
  catalog: FieldCatalog,
): Complaint | null {
  if (source === null) return null;
  for (const field of fields) {
    const text = field.kind === "text" ? field.text : null;
    if (text !== null && isField(text.text, source, catalog)) continue;
    const names = catalog.fields(source).map(({ name }) => name);
    return {
      engine: `'${text?.text ?? ""}' is not a supported filter field`,
      message: `${quoted(text?.text ?? "")} is no field of source ${quoted(source)}`,
      text,
      hint: didYouMean(decodeText(text?.text ?? ""), names),
    };
  }
  return null;
}

function isField(text: ByteString, source: ByteString, catalog: FieldCatalog): boolean {
  if (!text.includes("(")) return catalog.resolve(text, source).ok;
  const parsed = parseCondition(`${text} exists`);
  return parsed.ok && checkCondition(parsed.condition, { catalog, source }).ok;
}
