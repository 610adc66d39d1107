// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { at, type JsonNode, type JsonObject, type JsonValue } from "../json/json-node.ts";
import { jsonText } from "../json/marshal-json.ts";
import { JSON_DEPTH_MAX, parseJson } from "../json/parse-json.ts";
import { completeRecords } from "../plugins/complete-records.ts";
import type { TestCase } from "../testing/test-case.ts";
import { byteText } from "./byte-text.ts";
import { type EventInput, ProblemList } from "./event-input.ts";
import { EventMaker, type MadeEvent } from "./event-maker.ts";
import { LineCounter } from "./line-counter.ts";
import { isCase, readCase } from "./read-case.ts";
import { readJsonValues } from "./read-json-values.ts";

export interface ReadEventsOptions {
  /** Name of the input in problems and cases. */
  readonly path: string;
  /** Event source, or its plugin, of what does not tell it itself. Default: by the shape of each record. */
  readonly source?: string;
}

/**
 * Reads events: flat events, test cases and records of plugins, as JSON lines, as one JSON object or array, or mixed.
 * Never throws: what cannot be read is in the problems, with its line.
 */
export function readEvents(input: string | Uint8Array, options: ReadEventsOptions): EventInput {
  const text = byteText(input);
  const { values, problems } = readJsonValues(text);
  const lines = new LineCounter(text);
  const reader = new CaseReader(options);
  const all = values.length === 0 && problems.length > 0 ? completeRecords(text) : values;
  for (const node of all) reader.read(node, text, (offset) => lines.lineOf(offset));
  for (const { offset, message } of problems) reader.problems.add(lines.lineOf(offset), message);
  return reader.result();
}

/** An object that was read by other means than JSON, and the line where it begins. */
export interface PlacedObject {
  readonly value: JsonValue;
  /** From 1; null where lines mean nothing. */
  readonly line: number | null;
}

/** The same as `readEvents` for objects that come from elsewhere, such as the items of a YAML file. */
export function readEventObjects(objects: readonly PlacedObject[], options: ReadEventsOptions): EventInput {
  const reader = new CaseReader(options);
  for (const { value, line } of objects) {
    const text = jsonText(value);
    const parsed = text === null ? null : parseJson(text);
    if (text !== null && parsed?.ok) reader.read(parsed.node, text, () => line);
    else reader.problems.add(line, `nested more than ${JSON_DEPTH_MAX} deep`);
  }
  return reader.result();
}

type LineOf = (offset: number) => number | null;

class CaseReader {
  readonly problems: ProblemList;
  readonly #options: ReadEventsOptions;
  readonly #cases: TestCase[] = [];
  readonly #maker = new EventMaker();

  constructor(options: ReadEventsOptions) {
    this.#options = options;
    this.problems = new ProblemList(options.path);
  }

  result(): EventInput {
    const { problems, dropped } = this.problems;
    return { cases: this.#cases, problems, problemsDropped: dropped };
  }

  read(node: JsonNode, text: ByteString, lineOf: LineOf): void {
    if (node.kind === "array") for (const item of node.items) this.read(item, text, lineOf);
    else if (node.kind === "object" && isCase(node)) this.#readCase(node, text, lineOf);
    else this.#readAlone(node, text, lineOf);
  }

  #readAlone(node: JsonNode, text: ByteString, lineOf: LineOf): void {
    for (const made of this.#maker.make(node, text, this.#options.source ?? null)) {
      const line = lineOf(made.offset);
      if (!made.ok) this.problems.add(line, made.message);
      else {
        const name = line === null ? `event ${made.event.number}` : `line ${line}`;
        this.#cases.push({ name, path: this.#options.path, line, events: [made.event], expectation: null });
      }
    }
  }

  #readCase(node: JsonObject, text: ByteString, lineOf: LineOf): void {
    const line = lineOf(node.start);
    const result = readCase(node);
    if (!result.ok) {
      for (const problem of result.problems) this.problems.add(line, problem);
      return;
    }
    const { name, source, expectation } = result.written;
    const made = this.#make(node, text, source ?? this.#options.source ?? null);
    if (made.length === 0) this.problems.add(line, "the test case has no events");
    for (const one of made) if (!one.ok) this.problems.add(lineOf(one.offset), one.message);
    if (made.length === 0 || made.some((one) => !one.ok)) return;
    const events = made.flatMap((one) => (one.ok ? [one.event] : []));
    const shownName = name ?? (line === null ? `case ${this.#cases.length + 1}` : `line ${line}`);
    this.#cases.push({ name: shownName, path: this.#options.path, line, events, expectation });
  }

  #make(node: JsonObject, text: ByteString, source: string | null): readonly MadeEvent[] {
    return [at(node, "event"), at(node, "events")].flatMap((events) =>
      events === null ? [] : this.#maker.make(events, text, source),
    );
  }
}
