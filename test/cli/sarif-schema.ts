// SPDX-License-Identifier: Apache-2.0
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const count: Schema = { type: "integer", minimum: 0 };
const position: Schema = { type: "integer", minimum: 1 };
const message = object({ text }, ["text"]);
const artifactLocation = object({ uri: { type: "string", format: "uri-reference" } }, ["uri"]);
const region = object(
  {
    startLine: position,
    startColumn: position,
    endLine: position,
    endColumn: position,
    charOffset: count,
    charLength: count,
  },
  ["startLine"],
);
const physicalLocation = object({ artifactLocation, region }, ["artifactLocation"]);
const replacement = object({ deletedRegion: region, insertedContent: object({ text }, ["text"]) }, [
  "deletedRegion",
]);
const fix = object(
  {
    description: message,
    artifactChanges: list(
      object({ artifactLocation, replacements: list(replacement, 1) }, ["artifactLocation", "replacements"]),
      1,
    ),
  },
  ["artifactChanges"],
);
const result = object(
  {
    ruleId: text,
    ruleIndex: count,
    level: { enum: ["none", "note", "warning", "error"] },
    message,
    locations: list(object({ physicalLocation }, [])),
    relatedLocations: list(object({ id: count, message, physicalLocation }, [])),
    fixes: list(fix),
  },
  ["message"],
);
const driver = object(
  { name: text, version: text, rules: list(object({ id: text, shortDescription: message }, ["id"])) },
  ["name"],
);
const run = object(
  {
    tool: object({ driver }, ["driver"]),
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    artifacts: list(object({ location: artifactLocation, sourceLanguage: text }, [])),
    results: list(result),
  },
  ["tool"],
);

/** What SARIF 2.1.0 demands of the objects that we write; a property that is not named here is none that we write. */
export const SARIF_SCHEMA: Schema = object(
  { $schema: { type: "string", format: "uri" }, version: { const: "2.1.0" }, runs: list(run) },
  ["version", "runs"],
);

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}

function list(items: Schema, minItems = 0): Schema {
  return { type: "array", items, minItems };
}
