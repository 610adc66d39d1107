// SPDX-License-Identifier: Apache-2.0
import type { FieldUse, FieldValue, OutputPart, OutputValue } from "@falcoc/compiler/program";
import { describe, expect, it } from "vitest";
import type { Event, FieldBinder } from "../event.ts";
import { bindTemplate, type TemplateOptions } from "./template.ts";
import { writeFields } from "./write-json.ts";

const VALUES: Readonly<Record<string, FieldValue | null>> = {
  "proc.name": "init",
  "evt.num": 7,
  "evt.time": "12:00:00",
  "evt.rawtime.ns": 5,
  "fd.types": ["", "file", "pipe"],
  "evt.buffer": "a\0",
  "fd.port": [80],
  none: null,
};
const FORMS: Readonly<Record<string, Partial<FieldUse>>> = {
  "evt.num": { type: "UINT64", print: "ID" },
  "evt.rawtime.ns": { type: "ABSTIME", print: "10_PADDED_DEC" },
  "fd.types": { isList: true },
  "evt.buffer": { type: "BYTEBUF" },
  "fd.port": { type: "PORT", print: "DEC", filterOnly: true, comparison: "endpoints" },
};
const FIELDS = Object.keys(VALUES).map(
  (text): FieldUse => ({
    text,
    name: text,
    argument: null,
    type: "CHARBUF",
    isList: false,
    print: "NA",
    comparison: "value",
    filterOnly: false,
    provider: "native",
    ...FORMS[text],
  }),
);
const BINDER: FieldBinder = {
  bind:
    ({ text }) =>
    () =>
      VALUES[text] ?? null,
};
const EVENT: Event = { source: "syscall", code: -1, timestampNs: 99n, number: 7, binder: BINDER };

const field = (text: string): OutputValue => ({ kind: "field", slot: Object.keys(VALUES).indexOf(text) });
const token = (value: OutputValue, width: number | null = null): OutputPart => ({
  kind: "token",
  value,
  width,
});
const text = (literal: string): OutputPart => ({ kind: "text", text: literal });
const call = (name: "toupper" | "concat", ...args: readonly OutputValue[]): OutputValue => ({
  kind: "transform",
  name,
  args,
  selector: null,
  type: "CHARBUF",
  isList: false,
  print: "NA",
});

function rendered(parts: readonly OutputPart[], tolerant = true, options: TemplateOptions = {}) {
  const renderer = bindTemplate({ kind: "template", tolerant, parts }, FIELDS, BINDER, options);
  const { complete, value } = renderer.text(EVENT);
  const json = renderer.fields(EVENT);
  expect(json.complete).toBe(complete);
  return `${complete ? "" : "stopped: "}${value} ${writeFields(json.value)}`;
}

describe("bindTemplate", () => {
  it.each<[string, readonly OutputPart[], string]>([
    ["text alone", [text("plain")], "plain null"],
    [
      "fields",
      [text("a "), token(field("proc.name")), text("."), token(field("evt.num"))],
      'a init.7 {"evt.num":7,"proc.name":"init"}',
    ],
    ["each field once", [token(field("evt.num")), token(field("evt.num"))], '77 {"evt.num":7}'],
    [
      "widths",
      [token(field("proc.name"), 2), token(field("evt.num"), 3), text("|"), token(field("none"), 5)],
      'in7  |<NA>  {"evt.num":7,"none":null,"proc.name":"init"}',
    ],
    ["lists", [token(field("fd.types"))], '(file,pipe) {"fd.types":["","file","pipe"]}'],
    [
      "times as integers",
      [token(field("evt.time")), text(" "), token(field("evt.rawtime.ns"))],
      '12:00:00 000000005 {"evt.rawtime.ns":5,"evt.time":99}',
    ],
    ["fields that only filters have", [token(field("fd.port"))], '<NA> {"fd.port":null}'],
    [
      "transformers, whose fields JSON shows",
      [token(call("toupper", field("proc.name")))],
      'INIT {"proc.name":"init"}',
    ],
    [
      "missing arguments",
      [token(call("concat", field("proc.name"), field("none")))],
      '<NA> {"none":null,"proc.name":"init"}',
    ],
  ])("renders %s", (_, parts, expected) => {
    expect(rendered(parts)).toBe(expected);
  });

  it("stops at a missing value when it does not tolerate that", () => {
    const parts = [
      text("a "),
      token(field("proc.name")),
      text(" "),
      token(field("none")),
      token(field("evt.num")),
    ];
    expect(rendered(parts, false)).toBe('stopped: a init  {"proc.name":"init"}');
    expect(rendered([token(field("none"))], false)).toBe("stopped:  null");
  });

  it("shows values of transformers and buffers as asked", () => {
    const concat = call("concat", field("proc.name"), { kind: "literal", text: "-x" });
    expect(rendered([token(concat)], true, { transformedFields: true })).toBe(
      'init-x {"concat(proc.name,-x)":"init-x","proc.name":"init"}',
    );
    expect(rendered([token(field("evt.buffer"))], true, { buffers: "base64" })).toBe(
      'YQA= {"evt.buffer":"YQA="}',
    );
  });
});
