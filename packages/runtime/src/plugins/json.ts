// SPDX-License-Identifier: Apache-2.0

import { indentJson } from "../json/indent-json.ts";
import { at, type JsonNode } from "../json/json-node.ts";
import { marshalJson } from "../json/marshal-json.ts";
import type { PluginField } from "./define.ts";

const value: PluginField = (record, { text }) => {
  if (text === null) return null;
  const found = pointed(record, text);
  if (found === null) return null;
  return found.kind === "string" ? found.value : marshalJson(found);
};

const object: PluginField = (_record, _argument, { text }) => indentJson(text);

const rawTime: PluginField = (_record, _argument, { timestampNs }) => String(timestampNs);

/** Fields of the plugin that reads any JSON: they work on the events of every other plugin. */
export const JSON_FIELDS: Readonly<Record<string, PluginField>> = {
  "json.value": value,
  "json.obj": object,
  "json.rawtime": rawTime,
  "jevt.value": value,
  "jevt.obj": object,
  "jevt.rawtime": rawTime,
};

/** Follows a JSON pointer (RFC 6901), whose first slash may be left out; the empty pointer is the whole record. */
function pointed(record: JsonNode, pointer: string): JsonNode | null {
  if (pointer === "") return record;
  const steps = (pointer.startsWith("/") ? pointer.slice(1) : pointer).split("/");
  return at(record, ...steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")));
}
