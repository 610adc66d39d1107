// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import { LIST_COMPS } from "./check-exception.ts";
import type { ExceptionEntry, ExceptionPart, RuleEntry } from "./collection.ts";
import { listed, quote } from "./compile-lists.ts";
import { nameOf } from "./context.ts";
import type { Findings } from "./findings.ts";
import { EMPTY_TEXT, joinTexts, type MappedText, spanOfText, type TextParts } from "./mapped-text.ts";

export interface ExpandedCondition {
  readonly condition: MappedText;
  /** Fields of the exceptions that have values. */
  readonly fields: ReadonlySet<ByteString>;
}

/**
 * Writes the exceptions of a rule into its condition (spec 3.10):
 *
 *     A  with fields [p, q], comps [=, in], values [[x, [y, z w]], [u, v]]
 *     (A) and not (( p = x and  q in (y, "z w")) or ( p = u and  q in (v)))
 *
 * null after reporting values that do not fit the fields.
 */
export function expandExceptions(rule: RuleEntry, findings: Findings): ExpandedCondition | null {
  if (rule.exceptions.length === 0) return { condition: rule.condition, fields: new Set() };
  const errors = findings.errors;
  const fields = new Set<ByteString>();
  const parts: (MappedText | string)[] = ["(", rule.condition, ")"];
  for (const exception of rule.exceptions) {
    const expanded =
      exception.fields?.kind === "list"
        ? expandRows(exception, exception.fields.parts, fields, findings)
        : expandValues(exception, fields, findings);
    if (expanded.length > 0) parts.push(" and not ", joinTexts(expanded));
  }
  return findings.errors > errors ? null : { condition: joinTexts(parts), fields };
}

/** Exceptions that replace others may come without operators. */
const EQUALS: MappedText = { text: "=", pieces: [] };

/** One field: all values go into one list. */
function expandValues(exception: ExceptionEntry, fields: Set<ByteString>, findings: Findings): TextParts {
  const [field, comp] = [textOf(exception.fields), textOf(exception.comps)];
  const items: (MappedText | string)[] = [];
  for (const value of exception.values) {
    if (value.kind === "list") {
      report(exception, value, findings, "Expected values array to contain a list of strings", {
        message: "has one field, so its values must be single texts",
        hint: 'write "values: [a, b]"',
      });
      return [];
    }
    if (items.length > 0) items.push(", ");
    items.push(quote(value.text));
    fields.add(field.text);
  }
  return items.length === 0 ? [] : ["(", field, " ", comp, " (", ...items, "))"];
}

/** Several fields: each row of values is a test of its own. */
function expandRows(
  exception: ExceptionEntry,
  fieldParts: readonly ExceptionPart[],
  fields: Set<ByteString>,
  findings: Findings,
): TextParts {
  const comps = exception.comps?.kind === "list" ? exception.comps.parts : [];
  const rows: (MappedText | string)[] = [];
  for (const row of exception.values) {
    const values = row.kind === "list" ? row.parts : [];
    if (values.length !== fieldParts.length) {
      report(exception, row, findings, "Fields and values lists must have equal length", {
        message: `has ${fieldParts.length} fields, but here are ${values.length} values`,
        hint:
          row.kind === "list" ? undefined : 'each entry of "values" must be a list with one value per field',
      });
      return [];
    }
    if (rows.length > 0) rows.push(" or ");
    rows.push("(");
    fieldParts.forEach((fieldPart, i) => {
      const field = textOf(fieldPart);
      const comp = comps[i] === undefined ? EQUALS : textOf(comps[i]);
      rows.push(i === 0 ? " " : " and  ", field, " ", comp, " ", expandValue(values[i], comp.text));
      fields.add(field.text);
    });
    rows.push(")");
  }
  return rows.length === 0 ? [] : ["(", ...rows, ")"];
}

/** A list stands in parentheses; a text does so under an operator that takes a list, otherwise in quotes if needed. */
function expandValue(value: ExceptionPart | undefined, comp: ByteString): MappedText {
  if (value?.kind === "list") return joinTexts(["(", ...listed(value.parts.map(textOf)), ")"]);
  const text = textOf(value);
  if (!LIST_COMPS.has(comp)) return quote(text);
  return text.text.startsWith("(") ? text : joinTexts(["(", text, ")"]);
}

function textOf(part: ExceptionPart | null | undefined): MappedText {
  return part?.kind === "text" ? part.text : EMPTY_TEXT;
}

function report(
  { context }: ExceptionEntry,
  value: ExceptionPart,
  findings: Findings,
  engine: string,
  { message, hint }: { readonly message: string; readonly hint: string | undefined },
): void {
  const place = firstText(value);
  const span = place === null ? null : spanOfText(place, 0, place.text.length);
  findings.error("LOAD_ERR_VALIDATE", context, engine, {
    message: `${nameOf(context)} ${message}`,
    span: span ?? context.file.span(context.mark.offset, context.mark.offset),
    hint,
  });
}

function firstText(part: ExceptionPart): MappedText | null {
  if (part.kind === "text") return part.text;
  return part.parts.map(firstText).find((text) => text !== null) ?? null;
}
