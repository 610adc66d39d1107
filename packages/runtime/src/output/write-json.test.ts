// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { noOutputFields } from "./output-field.ts";
import { writeFields, writeJson } from "./write-json.ts";

it.each([
  [{ b: 1n, a: 2n }, '{"a":2,"b":1}'],
  [{ a: undefined, b: { d: null, c: true } }, '{"b":{"c":true,"d":null}}'],
  [{ 10: "x", 9: "y", "1a": "z" }, '{"10":"x","1a":"z","9":"y"}'],
  [{ "\uff5e": 1n, "\u{1f600}": 2n, z: 3n }, '{"z":3,"\uff5e":1,"\u{1f600}":2}'],
])("writes %o with its keys in the order of their bytes", (object, json) => {
  expect(writeJson(object)).toBe(json);
});

it("takes any name for a key", () => {
  const fields = noOutputFields();
  expect(writeFields(fields)).toBe("null");
  for (const key of ["toString", "constructor", "__proto__"]) {
    expect(fields[key]).toBeUndefined();
    fields[key] = key;
  }
  expect(writeFields(fields)).toBe(
    '{"__proto__":"__proto__","constructor":"constructor","toString":"toString"}',
  );
});
