// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { createCatalog } from "@falcoc/compiler/catalog";
import {
  canonicalInteger,
  encodeText,
  type FieldUse,
  type FieldValue,
  type OutputTemplate,
  PROGRAM_VERSION,
  type Priority,
  type Program,
  parseAddress,
} from "@falcoc/compiler/program";
import { parseTemplate } from "@falcoc/parser";
import { type Alert, alertToJson, alertToText, type Event } from "@falcoc/runtime";
import { checkTemplate, resolvesInOutput } from "../../packages/compiler/src/check/check-template.ts";
import { FieldTable } from "../../packages/compiler/src/ir/field-table.ts";
import { bindAlert } from "../../packages/runtime/src/bind-alert.ts";
import { genericField } from "../../packages/runtime/src/generic-fields.ts";
import type { JsonValue } from "../../packages/runtime/src/json/json-node.ts";
import { plainValue } from "../../packages/runtime/src/json/marshal-json.ts";
import { parseJson } from "../../packages/runtime/src/json/parse-json.ts";
import { parseTimestamp } from "../../packages/runtime/src/output/time-text.ts";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface AlertRecord {
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly rule: {
    readonly name: string;
    readonly priority: Priority;
    readonly output: string;
    readonly tags: readonly string[];
    readonly source: string;
  };
  readonly hostname: string;
  readonly evt_num?: number;
  readonly expect: { readonly text: string; readonly json: ExpectedJson; readonly json_line: string };
}

interface ExpectedJson {
  readonly time: string;
  readonly output_fields?: unknown;
}

/** Complete alerts. Where the values of the fields are known the output is rendered too, else only the forms. */
export const outputAlerts: Suite = {
  name: "output/alerts",
  *cases(shared) {
    for (const record of readJsonLines<AlertRecord>(join(shared, "corpus", "output", "alerts.jsonl"))) {
      yield { id: record.id, run: () => check(record) };
    }
  },
};

function check(record: AlertRecord): string | null {
  const { expect, config } = record;
  const alert = expect.json.output_fields === undefined ? knownAlert(record) : renderedAlert(record);
  const text = alertToText(alert);
  if (text !== expect.text) return `text ${text}, expected ${expect.text}`;
  const json = alertToJson(alert, {
    output: config.json_include_output_property !== false,
    message: config.json_include_message_property === true,
    tags: config.json_include_tags_property !== false,
    outputFields: config.json_include_output_fields_property !== false,
  });
  return json === expect.json_line ? null : `${json}, expected ${expect.json_line}`;
}

/** An alert whose output is taken over from the case. */
function knownAlert({ rule, hostname, expect }: AlertRecord): Alert {
  const output = JSON.parse(`"${expect.text}"`) as string;
  return {
    rule: rule.name,
    priority: rule.priority,
    source: rule.source,
    tags: rule.tags,
    timestampNs: parseTimestamp(expect.json.time) ?? 0n,
    eventNumber: 0,
    message: output,
    output,
    outputFields: {},
    hostname,
  };
}

function renderedAlert(record: AlertRecord): Alert {
  const values = exactFields(record.expect.json_line);
  const { template, fields } = compile(record.rule.output);
  const binder = { bind: (field: FieldUse) => readerOf(field, values) };
  const event: Event = {
    source: record.rule.source,
    code: -1,
    timestampNs: parseTimestamp(record.expect.json.time) ?? 0n,
    number: record.evt_num ?? 0,
    binder,
  };
  const options = {
    hostname: record.hostname,
    timeFormatIso8601: record.config.time_format_iso_8601 !== false,
  };
  return bindAlert(programOf(record, template, fields), 0, binder, options)(event);
}

/** `output_fields` of a line, integers exact. */
function exactFields(line: string): Readonly<Record<string, JsonValue>> {
  const parsed = parseJson(encodeText(line));
  const alert = parsed.ok ? (plainValue(parsed.node) as Record<string, JsonValue>) : {};
  return alert.output_fields as Record<string, JsonValue>;
}

function compile(output: string): { template: OutputTemplate; fields: readonly FieldUse[] } {
  const context = { catalog: createCatalog(), source: "syscall" };
  const text = output.startsWith("*") ? output : `*${output}`;
  const parsed = parseTemplate(encodeText(text), (value) => resolvesInOutput(value, context));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const table = new FieldTable();
  const checked = checkTemplate(parsed.template, { ...context, fields: table });
  if (!checked.ok) throw new Error(checked.error.message);
  return { template: checked.output, fields: table.fields };
}

function programOf({ rule }: AlertRecord, output: OutputTemplate, fields: readonly FieldUse[]): Program {
  return {
    version: PROGRAM_VERSION,
    engineVersion: "0.63.0",
    fields,
    rules: [
      {
        ...rule,
        description: "",
        enabled: true,
        output,
        extraFields: [],
        events: "all",
        syscalls: "all",
        capture: false,
        captureDurationMs: 0,
        path: "rules.yaml",
        line: 1,
      },
    ],
    code: "",
  };
}

function readerOf(field: FieldUse, values: Readonly<Record<string, JsonValue>>) {
  if (/^evt\.(time|datetime|num)/.test(field.name))
    return genericField(field, { plugin: null, info: () => null });
  const value = fieldValue(values[field.text] ?? null, field);
  return () => value;
}

/** The value that is written as this JSON. */
function fieldValue(json: JsonValue, field: FieldUse): FieldValue | null {
  if (json === null || typeof json === "boolean") return json;
  if (Array.isArray(json)) return json.map((item) => fieldValue(item, field)) as FieldValue;
  if (typeof json !== "string") return json as FieldValue;
  if (field.type === "IPADDR") return parseAddress(json);
  if (field.print === "HEX") return canonicalInteger(BigInt(`0x${json}`));
  return encodeText(json);
}
