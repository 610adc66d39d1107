// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { createCatalog } from "@falcoc/compiler/catalog";
import { decodeText, encodeText, type FieldValue, type ScalarValue } from "@falcoc/compiler/program";
import { parseJson } from "../../packages/runtime/src/json/parse-json.ts";
import { bindPlugin } from "../../packages/runtime/src/plugins/bind-plugin.ts";
import { CLOUDTRAIL } from "../../packages/runtime/src/plugins/cloudtrail.ts";
import { completeRecords } from "../../packages/runtime/src/plugins/complete-records.ts";
import type { PluginEvent } from "../../packages/runtime/src/plugins/define.ts";
import { K8SAUDIT } from "../../packages/runtime/src/plugins/k8saudit.ts";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface ExtractRecord {
  readonly id: string;
  readonly event_text: string;
  readonly field: string;
  readonly expect: string | readonly string[] | null;
}

interface SplitRecord {
  readonly id: string;
  readonly payload: string;
  readonly records: readonly string[];
}

/** Fields that plugins read from a record. */
export const pluginExtract: Suite = {
  name: "plugin_events/extract",
  *cases(shared) {
    const path = join(shared, "corpus", "plugin_events", "extract.jsonl");
    for (const record of readJsonLines<ExtractRecord>(path)) {
      yield { id: record.id, run: () => checkField(record) };
    }
  },
};

/** How a log file of CloudTrail is split. */
export const pluginRecords: Suite = {
  name: "plugin_events/records",
  *cases(shared) {
    const path = join(shared, "corpus", "plugin_events", "cloudtrail", "records.jsonl");
    for (const record of readJsonLines<SplitRecord>(path)) {
      yield { id: record.id, run: () => checkSplit(record) };
    }
  },
};

function checkField({ event_text, field, expect }: ExtractRecord): string | null {
  const [, name = "", argument] = /^([^[]*)(?:\[(.*)\])?$/s.exec(field) ?? [];
  const definition = createCatalog({ plugins: "all" })
    .fields("k8s_audit")
    .find((one) => one.name === name);
  if (definition === undefined) return `the catalogue has no field ${name}`;
  const text = encodeText(event_text);
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed.message;
  const binder = bindPlugin(K8SAUDIT);
  const read = binder.bind({ ...definition, text: field, argument: argument ?? null });
  const event: PluginEvent = {
    source: "k8s_audit",
    code: -1,
    timestampNs: 0n,
    number: 1,
    binder,
    record: parsed.node,
    text,
    siblings: [],
    position: 0,
  };
  const found = JSON.stringify(decoded(read(event)));
  return found === JSON.stringify(expect) ? null : `${found}, expected ${JSON.stringify(expect)}`;
}

function decoded(value: FieldValue | null): unknown {
  const one = (scalar: ScalarValue) => (typeof scalar === "string" ? decodeText(scalar) : scalar);
  if (value === null) return null;
  return typeof value === "object" ? value.map(one) : one(value);
}

function checkSplit({ payload, records }: SplitRecord): string | null {
  const text = encodeText(payload);
  const parsed = parseJson(text);
  const batch = parsed.ok ? CLOUDTRAIL.split(parsed.node) : null;
  const nodes = batch?.ok ? batch.records : completeRecords(text);
  const found = JSON.stringify(nodes.map(({ start, end }) => decodeText(text.slice(start, end))));
  return found === JSON.stringify(records) ? null : `${found}, expected ${JSON.stringify(records)}`;
}
