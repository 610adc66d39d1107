// SPDX-License-Identifier: Apache-2.0
import { KERNEL_SOURCE, PLUGIN_EVENT_CODE } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import type { Event } from "../event.ts";
import { flatEvent } from "../flat/flat-event.ts";
import type { JsonNode, JsonObject, JsonValue } from "../json/json-node.ts";
import { plainValue } from "../json/marshal-json.ts";
import type { PluginEvent } from "../plugins/define.ts";
import { type LoadedPlugin, PLUGIN_SOURCES } from "../plugins/index.ts";
import { EVENT_BYTES_MAX } from "./limits.ts";

/** What events may be said to come from: sources, and the plugins that read them. */
export const EVENT_SOURCES: readonly string[] = [
  KERNEL_SOURCE,
  ...PLUGIN_SOURCES.flatMap(({ plugin }) => [plugin.source, plugin.name]),
].filter((name, i, all) => all.indexOf(name) === i);

/** An event, or why there is none. */
export type MadeEvent =
  | { readonly ok: true; readonly event: Event /** Offset of its text. */; readonly offset: number }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** Makes events of JSON, numbering them. One maker serves the events that are read together. */
export class EventMaker {
  readonly #siblings: PluginEvent[] = [];
  #number = 0;

  /** The events of a JSON value: of a flat event, of a plugin's record, of a batch or an array of those. */
  make(node: JsonNode, text: ByteString, source: string | null): MadeEvent[] {
    if (node.kind === "array") return node.items.flatMap((item) => this.make(item, text, source));
    if (node.kind !== "object") {
      return [failed(node, `expected an object, found ${DESCRIPTIONS[node.kind]}`)];
    }
    if (isFlat(node)) return this.#flat(node, source);
    const loaded = pluginFor(node, source);
    if (loaded === null) return [failed(node, notAnEvent(source))];
    const batch = loaded.plugin.split(node);
    if (!batch.ok) return [failed(node, `not an event of ${loaded.plugin.source}: ${batch.message}`)];
    return batch.records.map((record) => this.#record(loaded, record, text));
  }

  #flat(node: JsonObject, source: string | null): MadeEvent[] {
    if (node.end - node.start > EVENT_BYTES_MAX) return [tooLong(node)];
    const record = plainValue(node) as Readonly<Record<string, JsonValue>>;
    const eventSource = PLUGIN_SOURCES.find(({ plugin }) => plugin.name === source)?.plugin.source ?? source;
    const made = flatEvent(record, { source: eventSource ?? undefined, number: this.#number + 1 });
    if (!made.ok) return made.problems.map((message) => failed(node, message));
    this.#number++;
    return [{ ok: true, event: made.event, offset: node.start }];
  }

  #record({ plugin, binder }: LoadedPlugin, record: JsonNode, text: ByteString): MadeEvent {
    if (record.end - record.start > EVENT_BYTES_MAX) return tooLong(record);
    const accepted = plugin.accept(record);
    if (!accepted.ok) return failed(record, `not an event of ${plugin.source}: ${accepted.message}`);
    const event: PluginEvent = {
      source: plugin.source,
      code: PLUGIN_EVENT_CODE,
      timestampNs: accepted.timestampNs ?? 0n,
      number: ++this.#number,
      binder,
      record,
      text: text.slice(record.start, record.end),
      siblings: this.#siblings,
      position: this.#siblings.length,
    };
    this.#siblings.push(event);
    return { ok: true, event, offset: record.start };
  }
}

/** Whether the keys of an object are fields: their names, and no others, have dots. */
export function isFlat(node: JsonObject): boolean {
  return node.entries.length === 0 || node.entries.some(({ key }) => key.includes("."));
}

/** The plugin that reads an object: that of the source where one is named, else the first that knows its shape. */
export function pluginFor(node: JsonObject, source: string | null): LoadedPlugin | null {
  if (source !== null)
    return PLUGIN_SOURCES.find(({ plugin }) => plugin.source === source || plugin.name === source) ?? null;
  return PLUGIN_SOURCES.find(({ plugin }) => plugin.recognise(node)) ?? null;
}

const DESCRIPTIONS: Readonly<Record<Exclude<JsonNode["kind"], "object" | "array">, string>> = {
  null: "null",
  boolean: "true or false",
  number: "a number",
  string: "a text",
};

function notAnEvent(source: string | null): string {
  if (source !== null && source !== KERNEL_SOURCE)
    return `no key is a field, and events of ${source} cannot be read`;
  return "not an event: no key is a field, and the shape is that of no known event source";
}

function failed(node: JsonNode, message: string): MadeEvent {
  return { ok: false, message, offset: node.start };
}

function tooLong(node: JsonNode): MadeEvent {
  return failed(node, `the event is longer than ${EVENT_BYTES_MAX} bytes`);
}
