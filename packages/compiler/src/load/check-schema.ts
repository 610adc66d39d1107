// SPDX-License-Identifier: Apache-2.0
import { decodeText, type YamlMapping, type YamlNode } from "@falcoc/parser";
import type { SchemaResult } from "./load-result.ts";

/**
 * The advisory check of a rules file's structure (spec 4.4), with the messages that the engine's schema validator
 * gives: innermost problem first, then each level around it. One entry of the status list a document; the first
 * decides, so a valid first document hides what is wrong with later ones.
 */
export function checkSchema(documents: readonly YamlNode[]): SchemaResult {
  const [first] = documents;
  if (first === undefined) return { status: "none", warnings: [] };
  const warnings: string[] = [];
  validate(first, RULES_FILE, "<root>", warnings);
  if (warnings.length === 0) return { status: "ok", warnings: [] };
  for (const document of documents.slice(1)) validate(document, RULES_FILE, "<root>", warnings);
  return { status: "failed", warnings };
}

type Schema =
  | { readonly type: "text" | "boolean" | "integer" }
  | { readonly type: "choice"; readonly values: readonly string[] }
  | { readonly type: "list"; readonly items: Schema }
  | { readonly type: "any"; readonly of: readonly Schema[] }
  | { readonly type: "anything" }
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, Schema>>;
      readonly required: readonly string[];
      readonly propertiesMin: number;
    };

const TEXT: Schema = { type: "text" };
const BOOLEAN: Schema = { type: "boolean" };
const INTEGER: Schema = { type: "integer" };
const ANYTHING: Schema = { type: "anything" };

const list = (items: Schema): Schema => ({ type: "list", items });
const object = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
  propertiesMin = 0,
): Schema => ({ type: "object", properties, required, propertiesMin });

const OVERRIDABLE = [
  "items",
  "desc",
  "condition",
  "output",
  "priority",
  "enabled",
  "exceptions",
  "capture",
  "capture_duration",
  "tags",
  "warn_evttypes",
  "skip-if-unknown-filter",
];
const OPERATION: Schema = { type: "choice", values: ["append", "replace"] };
const REQUIREMENT = { name: TEXT, version: TEXT };

/** Every item may have the keys of every kind. */
const RULES_FILE = list(
  object({
    required_engine_version: TEXT,
    required_plugin_versions: list(
      object({ ...REQUIREMENT, alternatives: list(object(REQUIREMENT, ["name", "version"])) }, [
        "name",
        "version",
      ]),
    ),
    macro: TEXT,
    condition: TEXT,
    list: TEXT,
    items: list({ type: "any", of: [INTEGER, TEXT] }),
    rule: TEXT,
    desc: TEXT,
    output: TEXT,
    source: TEXT,
    enabled: BOOLEAN,
    append: BOOLEAN,
    capture: BOOLEAN,
    capture_duration: INTEGER,
    warn_evttypes: BOOLEAN,
    "skip-if-unknown-filter": BOOLEAN,
    tags: list(TEXT),
    exceptions: list(object({ name: TEXT, fields: ANYTHING, comps: ANYTHING, values: ANYTHING }, ["name"])),
    priority: {
      type: "choice",
      values: [
        "EMERGENCY",
        "ALERT",
        "CRITICAL",
        "ERROR",
        "WARNING",
        "NOTICE",
        "INFO",
        "INFORMATIONAL",
        "DEBUG",
      ],
    },
    override: object(Object.fromEntries(OVERRIDABLE.map((key) => [key, OPERATION])), [], 1),
  }),
);

/** Appends what is wrong with a node to `warnings`; true when nothing is. */
function validate(node: YamlNode, schema: Schema, path: string, warnings: string[]): boolean {
  const fail = (reason: string): false => {
    warnings.push(`failed for ${path}: ${reason}`);
    return false;
  };
  switch (schema.type) {
    case "anything":
      return true;
    case "text":
    case "boolean":
    case "integer":
      return isScalarOf(node, schema.type) || fail(WRONG_TYPE);
    case "choice": {
      if (node.kind !== "scalar") fail(WRONG_TYPE);
      const text = node.kind === "scalar" ? node.text : null;
      return (
        (text !== null && schema.values.includes(text)) || fail("Failed to match against any enum values.")
      );
    }
    case "any":
      if (schema.of.some((one) => validate(node, one, path, []))) return true;
      schema.of.forEach((one, index) => {
        validate(node, one, path, warnings);
        fail(`Failed to validate against child schema #${index}.`);
      });
      return fail("Failed to validate against any schemas allowed by anyOf constraint.");
    case "list":
      if (node.kind !== "sequence") return fail(WRONG_TYPE);
      return node.items
        .map(
          (item, index) =>
            validate(item, schema.items, `${path}[${index}]`, warnings) || fail(wrongItem(index)),
        )
        .every(Boolean);
    case "object":
      if (node.kind !== "mapping") return fail(WRONG_TYPE);
      return validateObject(node, schema, path, warnings);
    default:
      return schema satisfies never;
  }
}

const WRONG_TYPE = "Value type not permitted by 'type' constraint.";
const wrongItem = (index: number): string => `Failed to validate item #${index} in array.`;

function validateObject(
  node: YamlMapping,
  schema: Extract<Schema, { type: "object" }>,
  path: string,
  warnings: string[],
): boolean {
  const before = warnings.length;
  const fail = (reason: string): void => {
    warnings.push(`failed for ${path}: ${reason}`);
  };
  if (node.entries.length < schema.propertiesMin) {
    fail(`Object should have no fewer than ${schema.propertiesMin} properties.`);
  }
  const values = new Map<string, YamlNode>();
  for (const { key, value } of node.entries) {
    const name = key.kind === "scalar" ? key.text : "";
    if (!values.has(name)) values.set(name, value);
  }
  for (const name of Object.keys(schema.properties).sort()) {
    const [value, property] = [values.get(name), schema.properties[name]];
    if (value === undefined || property === undefined) continue;
    if (validate(value, property, `${path}[${name}]`, warnings)) continue;
    fail(`Failed to validate against schema associated with property name '${name}'.`);
  }
  // Of several unknown properties the first is named; a repeated one counts, but has no name.
  const unknown = [...values.keys()].find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined || values.size < node.entries.length) {
    fail(
      `Object contains a property that could not be validated using 'properties' or 'additionalProperties' constraints: '${decodeText(unknown ?? "")}'.`,
    );
  }
  for (const name of schema.required) {
    if (!values.has(name)) fail(`Missing required property '${name}'.`);
  }
  return warnings.length === before;
}

/** Scalars are typed weakly: any scalar is a text; quotes do not matter; null is nothing. */
function isScalarOf(node: YamlNode, type: "text" | "boolean" | "integer"): boolean {
  if (node.kind !== "scalar") return false;
  if (type === "text") return true;
  return type === "boolean" ? /^(true|false)$/.test(node.text) : /^[+-]?\d+$/.test(node.text);
}
