// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { createCatalog, type FieldCatalog, type PrintFormat } from "@falcoc/compiler/catalog";
import { encodeText, type FieldUse, type FieldValue, type OutputTemplate } from "@falcoc/compiler/program";
import { parseTemplate } from "@falcoc/parser";
import { type BufferFormat, bindTemplate, type Event, type Rendered, writeFields } from "@falcoc/runtime";
import { checkTemplate, resolvesInOutput } from "../../packages/compiler/src/check/check-template.ts";
import { FieldTable } from "../../packages/compiler/src/ir/field-table.ts";
import { isPrintable } from "../../packages/runtime/src/output/scalar.ts";
import { readJsonLines } from "../shared.ts";
import { type CaseField, caseCatalog, caseReader } from "./case-catalog.ts";
import type { Suite } from "./suite.ts";

interface OutputField extends CaseField {
  readonly print?: string;
  readonly zero_length?: boolean;
}

type Text = string | { readonly hex: string };

interface FormatRecord {
  readonly id: string;
  readonly format: Text;
  readonly output_format: "normal" | "json";
  readonly resolve_transformed_fields?: boolean;
  readonly buffer_format?: BufferFormat;
  readonly fields?: Readonly<Record<string, OutputField>>;
  readonly expect:
    | { readonly error: string }
    | { readonly ok: boolean; readonly output: Text; readonly json_value?: unknown };
}

export const outputFormat: Suite = suite("format");
export const outputFormatOwn: Suite = suite("format_own");

function suite(name: string): Suite {
  return {
    name: `output/${name}`,
    *cases(shared) {
      for (const record of readJsonLines<FormatRecord>(join(shared, "corpus", "output", `${name}.jsonl`))) {
        yield { id: record.id, run: () => check(record) };
      }
    },
  };
}

const PRINTS: Readonly<Record<string, PrintFormat>> = {
  na: "NA",
  dec: "DEC",
  hex: "HEX",
  oct: "OCT",
  padded_dec: "10_PADDED_DEC",
  id: "ID",
  dir: "DIR",
};

function check(record: FormatRecord): string | null {
  const compiled = compile(record);
  const { expect } = record;
  if ("error" in expect) return checkError(compiled, record, expect.error);
  if (typeof compiled === "string") return `refused: ${compiled}`;
  const { text, json } = render(compiled, record);
  const shown = record.output_format === "json" ? json : text;
  if (shown.complete !== expect.ok) return `complete: ${shown.complete}`;
  if (shown.value !== bytes(expect.output)) return `${shown.value}, expected ${bytes(expect.output)}`;
  return null;
}

function checkError(
  compiled: Compiled | string,
  { output_format }: FormatRecord,
  error: string,
): string | null {
  if (typeof compiled === "string")
    return compiled.startsWith(error) ? null : `${compiled}, expected ${error}`;
  const mode = output_format === "json" ? "json" : "text";
  const unprintable = compiled.fields.some((field) => !isPrintable(field.type, mode));
  return unprintable && error.startsWith("wrong param type") ? null : `compiles, expected ${error}`;
}

interface Compiled {
  readonly template: OutputTemplate;
  readonly fields: readonly FieldUse[];
}

/** The template and its fields, or the message with which it is refused. */
function compile({ format, fields = {} }: FormatRecord): Compiled | string {
  const context = { catalog: printing(fields), source: "syscall" };
  const parsed = parseTemplate(bytes(format), (value) => resolvesInOutput(value, context));
  if (!parsed.ok) return parsed.error.message;
  const table = new FieldTable();
  const checked = checkTemplate(parsed.template, { ...context, fields: table });
  return checked.ok ? { template: checked.output, fields: table.fields } : checked.error.message;
}

function printing(fields: Readonly<Record<string, OutputField>>): FieldCatalog {
  const catalog = caseCatalog(fields, createCatalog());
  return {
    ...catalog,
    resolve(text, source) {
      const lookup = catalog.resolve(text, source);
      if (!lookup.ok) return lookup;
      const print = PRINTS[fields[text]?.print ?? ""] ?? lookup.field.definition.print;
      return { ok: true, field: { ...lookup.field, definition: { ...lookup.field.definition, print } } };
    },
  };
}

function render({ template, fields }: Compiled, record: FormatRecord) {
  const read = caseReader(record.fields ?? {});
  const binder = { bind: (field: FieldUse) => () => printed(record.fields?.[field.text], read(field)) };
  const event: Event = { source: "syscall", code: -1, timestampNs: 0n, number: 1, binder };
  const renderer = bindTemplate(template, fields, binder, {
    buffers: record.buffer_format ?? "normal",
    transformedFields: record.resolve_transformed_fields ?? false,
  });
  const json = renderer.fields(event);
  const jsonText: Rendered<string> = { complete: json.complete, value: ascii(writeFields(json.value)) };
  return { text: renderer.text(event), json: jsonText };
}

/** This JSON, which no alert shows, has escapes for all that is not ASCII. */
function ascii(json: string): string {
  return json.replace(
    /[^\u0000-\u007f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What an output shows: candidates in a row, and 0 for a parameter that was there without bytes. */
function printed(field: OutputField | undefined, value: FieldValue | null): FieldValue | null {
  if (field?.any !== undefined && field.any !== null)
    return field.any.length === 0 ? null : encodeText(field.any.join(" "));
  return field?.zero_length === true ? 0 : value;
}

function bytes(text: Text): string {
  return typeof text === "string" ? encodeText(text) : Buffer.from(text.hex, "hex").toString("latin1");
}
