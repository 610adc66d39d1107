// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { at, type JsonNode, textAt } from "../json/json-node.ts";
import { marshalJson } from "../json/marshal-json.ts";
import type { PluginField } from "./define.ts";

/** A text as it is, anything else as JSON text. */
export function asText(node: JsonNode): ByteString {
  return node.kind === "string" ? node.value : marshalJson(node);
}

/** Field that is the text at a path, or the JSON text of what is there. */
export function textOrJson(...path: readonly ByteString[]): PluginField {
  return (record) => {
    const found = at(record, ...path);
    return found === null ? null : asText(found);
  };
}

/** Field that is the text at a path, and empty where something else is there. */
export function textOrEmpty(...path: readonly ByteString[]): PluginField {
  return (record) => {
    const found = at(record, ...path);
    if (found === null) return null;
    return found.kind === "string" ? found.value : "";
  };
}

/** Field that is the text at a path, and empty where there is none: never missing. */
export function alwaysText(...path: readonly ByteString[]): PluginField {
  return (record) => textAt(record, ...path) ?? "";
}

/** Field that is the JSON text of what is at a path. */
export function jsonOf(...path: readonly ByteString[]): PluginField {
  return (record) => {
    const found = at(record, ...path);
    return found === null ? null : marshalJson(found);
  };
}

/** Field that is `true` where a path leads to true, and `false` where it leads to anything else. */
export function flagText(...path: readonly ByteString[]): PluginField {
  return (record) => {
    const found = at(record, ...path);
    if (found === null) return null;
    return found.kind === "boolean" && found.value ? "true" : "false";
  };
}

/** Unsigned integer that a number stands for, its fraction cut off; null when the node is no such number. */
export function unsignedOf(node: JsonNode | null): bigint | null {
  if (node?.kind !== "number") return null;
  if (/^[0-9]+$/.test(node.text)) return BigInt.asUintN(64, BigInt(node.text));
  const number = Number(node.text);
  return number >= 0 && Number.isFinite(number) ? BigInt.asUintN(64, BigInt(Math.trunc(number))) : null;
}
