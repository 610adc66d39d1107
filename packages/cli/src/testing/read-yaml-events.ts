// SPDX-License-Identifier: Apache-2.0
import type { JsonValue, PlacedObject } from "@falcoc/runtime";
import { type Document, isSeq, LineCounter, parseAllDocuments, type YAMLError } from "yaml";

/** What a YAML file of test cases or scenarios holds. */
export interface YamlEvents {
  /** Items of sequences, and documents that are none, in the order of the file. */
  readonly objects: readonly PlacedObject[];
  readonly problems: readonly { readonly line: number | null; readonly message: string }[];
}

/** Aliases that one document may follow: enough for shared events, too few to blow a file up. */
const ALIASES_MAX = 1000;

/** Reads the documents of a YAML text. Never throws. */
export function readYamlEvents(text: string): YamlEvents {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { intAsBigInt: true, logLevel: "silent", lineCounter: lines });
  const found: YamlEvents[] = [...documents].map((document) => {
    const problems = document.errors.filter(isProblem).map((error) => ({
      line: lines.linePos(error.pos[0]).line,
      message: `not YAML: ${error.message.split(/ at line | \(|:\n/)[0]}`,
    }));
    return problems.length > 0 ? { objects: [], problems } : objectsOf(document, lines);
  });
  return { objects: found.flatMap((one) => one.objects), problems: found.flatMap((one) => one.problems) };
}

/** Files for the event-generator have plain texts that begin with a percent sign; other readers take them. */
function isProblem({ code, message }: YAMLError): boolean {
  return !(code === "BAD_SCALAR_START" && message.includes("character %"));
}

function objectsOf(document: Document, lines: LineCounter): YamlEvents {
  const { contents } = document;
  if (contents === null) return { objects: [], problems: [] };
  const nodes = isSeq(contents) ? contents.items : [contents];
  try {
    const whole: unknown = document.toJS({ maxAliasCount: ALIASES_MAX });
    const values = isSeq(contents) && Array.isArray(whole) ? whole : [whole];
    const lineOf = (node: unknown) => lines.linePos(startOf(node)).line;
    return {
      objects: nodes.map((node, index) => ({ value: toJson(values[index]), line: lineOf(node) })),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { objects: [], problems: [{ line: null, message: `not YAML: ${error.message}` }] };
  }
}

function startOf(node: unknown): number {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : 0;
}

/** Integers that JavaScript counts exactly become numbers; what JSON does not know becomes text. */
function toJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object") return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one)]));
}
