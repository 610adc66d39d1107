// SPDX-License-Identifier: Apache-2.0
import { type ByteString, didYouMean } from "@falcoc/compiler/program";
import { at, type JsonObject, type JsonValue } from "../json/json-node.ts";
import { plainValue } from "../json/marshal-json.ts";
import type { Expectation } from "../testing/test-case.ts";
import { isFlat, pluginFor } from "./event-maker.ts";

const KEYS = ["name", "source", "event", "events", "expect", "reject", "output", "exactly"];

/** A test case as it is written, its events still JSON. */
export interface WrittenCase {
  /** null: not given. */
  readonly name: string | null;
  readonly source: string | null;
  readonly expectation: Expectation | null;
}

export type CaseResult =
  | { readonly ok: true; readonly written: WrittenCase }
  | { readonly ok: false /** One sentence each. */; readonly problems: readonly string[] };

/** Whether an object is a test case: it has events inside, and is no event itself. */
export function isCase(node: JsonObject): boolean {
  const events = at(node, "event") ?? at(node, "events");
  if (events === null || isFlat(node) || pluginFor(node, null) !== null) return false;
  return (
    events.kind === "object" || events.kind === "array" || node.entries.every(({ key }) => KEYS.includes(key))
  );
}

/** Reads everything of a test case but its events. */
export function readCase(node: JsonObject): CaseResult {
  const written = plainValue(node) as Readonly<Record<string, JsonValue>>;
  const problems: string[] = [];
  const read = <T>(key: string, takes: string, convert: (value: JsonValue) => T | null): T | null => {
    const value = written[key];
    if (value === undefined || value === null) return null;
    const converted = convert(value);
    if (converted === null) problems.push(`"${key}" of a test case takes ${takes}`);
    return converted;
  };
  for (const { key } of node.entries) if (!KEYS.includes(key)) problems.push(unknownKey(key));
  const expect = read("expect", "a list of rules", namesOf);
  const reject = read("reject", "a list of rules", namesOf);
  const output = read("output", "texts by the names of rules", textsOf);
  const exactly = read("exactly", "true or false", (value) => (typeof value === "boolean" ? value : null));
  const name = read("name", "a text", textOf);
  const source = read("source", "a text", textOf);
  if (problems.length > 0) return { ok: false, problems };
  const expectation =
    expect === null && reject === null && output === null
      ? null
      : {
          expect: expect ?? [],
          // Nothing is said of other rules by a case that only rejects some.
          exactly: exactly ?? expect !== null,
          reject: reject ?? [],
          output: output ?? {},
        };
  return { ok: true, written: { name, source, expectation } };
}

function unknownKey(key: ByteString): string {
  const hint = didYouMean(key, KEYS);
  return `"${key}" is not a key of a test case${hint === undefined ? "" : `; ${hint}`}`;
}

function textOf(value: JsonValue): string | null {
  return typeof value === "string" ? value : null;
}

/** Names of rules: a list of them, or one alone. */
function namesOf(value: JsonValue): readonly string[] | null {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return null;
  return value.every((name) => typeof name === "string") ? value : null;
}

function textsOf(value: JsonValue): Readonly<Record<string, string>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const texts = value as Readonly<Record<string, JsonValue>>;
  return Object.values(texts).every((text) => typeof text === "string")
    ? (texts as Readonly<Record<string, string>>)
    : null;
}
