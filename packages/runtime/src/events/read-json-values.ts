// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { JsonNode } from "../json/json-node.ts";
import { afterBlanks, type JsonParse, parseJson } from "../json/parse-json.ts";

/** What is wrong at a place of the text. */
export interface JsonProblem {
  readonly offset: number;
  readonly message: string;
}

export interface JsonValues {
  readonly values: readonly JsonNode[];
  readonly problems: readonly JsonProblem[];
}

/**
 * All JSON values of a text, one after the other: one document over many lines, or JSON lines. When something is
 * damaged, JSON lines lose the lines concerned, and anything else what follows the damage.
 */
export function readJsonValues(text: ByteString): JsonValues {
  const values: JsonNode[] = [];
  let at = afterBlanks(text, 0);
  while (at < text.length) {
    const parsed = parseJson(text, at);
    if (!parsed.ok)
      return looksLikeLines(text) ? readLines(text) : { values, problems: [problemOf(text, parsed)] };
    values.push(parsed.node);
    at = afterBlanks(text, parsed.node.end);
  }
  return { values, problems: [] };
}

/** Whether the first line, or else a later one, is a JSON object or array that ends where the line does. */
function looksLikeLines(text: ByteString): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2) return false;
  const [first = "", ...rest] = lines;
  return isWhole(first) || (first.trim().length > 1 && rest.some((line) => isWhole(line)));
}

function isWhole(line: ByteString): boolean {
  if (!/^\s*[{[]/.test(line)) return false;
  const parsed = parseJson(line);
  return parsed.ok && afterBlanks(line, parsed.node.end) === line.length;
}

function readLines(text: ByteString): JsonValues {
  const values: JsonNode[] = [];
  const problems: JsonProblem[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const first = afterBlanks(text, start);
    if (first < end) readLine(text, first, end, values, problems);
    start = end + 1;
  }
  return { values, problems };
}

/** A line that holds more than one value, or less than one, is damaged as a whole. */
function readLine(
  text: ByteString,
  start: number,
  end: number,
  values: JsonNode[],
  problems: JsonProblem[],
): void {
  const line = text.slice(0, end);
  const parsed = parseJson(line, start);
  if (!parsed.ok) problems.push({ ...problemOf(line, parsed), offset: start });
  else if (afterBlanks(line, parsed.node.end) < end) {
    problems.push({ offset: start, message: "something follows the JSON value of this line" });
  } else values.push(parsed.node);
}

function problemOf(text: ByteString, parsed: Extract<JsonParse, { ok: false }>): JsonProblem {
  const offset = Math.min(parsed.offset, Math.max(text.length - 1, 0));
  if (parsed.truncated) return { offset, message: "the JSON value is cut off" };
  return { offset, message: `not JSON: ${parsed.message}` };
}
