// SPDX-License-Identifier: Apache-2.0
import { encodeText, parseCondition } from "@falcoc/parser";
import { expect, it } from "vitest";
import { ALL_EVENT_TYPES, eventTypeNames, inferEventTypes, isEveryEvent } from "./event-types.ts";

function infer(text: string) {
  const parsed = parseCondition(encodeText(text), { maxDepth: 1000 });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return inferEventTypes(parsed.condition);
}

/** Event codes, "all", "all but …" for long lists, or the error with its offset. */
function codes(text: string): string {
  const inferred = infer(text);
  if (!inferred.ok) return `${inferred.offset}: ${inferred.message}`;
  if (isEveryEvent(inferred.types)) return "all";
  const missing = ALL_EVENT_TYPES.codes.filter((code) => !inferred.types.codes.includes(code));
  return missing.length < 100 ? `all but ${missing}` : String(inferred.types.codes);
}

it.each([
  ["evt.type = open", "2,3"],
  ["evt.type = open and proc.name = x", "2,3"],
  ["evt.type = open or proc.name = x", "all"],
  ["not (evt.type = open and proc.name = x)", "all"],
  ["not (evt.type = open or proc.name = x)", "all but 2,3"],
  ["evt.type = open and evt.type = close", ""],
  ["evt.type != open", "all but 2,3"],
  ["not evt.type != open", "2,3"],
  ["not evt.type in (open, close)", "all but 2,3,4,5"],
  ["evt.type in (getrandom, open)", "0,1,2,3"],
  ["evt.type in open", "2,3"],
  ["evt.type in ()", ""],
  ["not evt.type in ()", "all"],
  ["evt.type exists", "all"],
  ["not evt.type exists", ""],
  ["syscall.type = foo", ""],
  ["evt.type = anyof (open)", "all"],
  ["evt.type startswith open", "all"],
  ["tolower(evt.type) startswith open", "all"],
  ["tolower(evt.type) = anyof (open)", "all"],
  ["evt.dir = < and evt.type = open", "2,3"],
  ["open_read and evt.type = open", "2,3"],
  ["evt.num = 0", ""],
  ["not evt.num = 0", "all"],
  ["evt.num >= 1", "all"],
  ["not evt.num >= 1", ""],
  ["evt.num in (0, 00)", ""],
  ["evt.num in (0, 1)", "all"],
  ["evt.num < -1", "all"],
  ["evt.num = 0x0", "all"],
  ["evt.num < val(evt.count)", "all"],
  ["tolower(evt.type) = open", "0: event code search does not support `evt.type` checks with transformers"],
  [
    'proc.name = a and join(",", (proc.name, evt.type)) exists',
    "18: event code search does not support `evt.type` checks with transformers",
  ],
  [
    "evt.type = val(proc.name)",
    "11: right-hand field comparisons on `evt.type`/`syscall.type` checks are not supported by event code search",
  ],
])("%s can match %s", (text, expected) => {
  expect(codes(text)).toBe(expected);
});

it.each([
  ["evt.type = open", ["asyncevent", "open"]],
  ["evt.type = accept", ["accept", "accept4", "asyncevent"]],
  ["evt.type = prlimit", ["asyncevent", "prlimit"]],
  ["evt.type = getrandom", ["asyncevent", "getrandom"]],
  ["evt.type = syscall", ["asyncevent"]],
])("%s is described by %j", (text, expected) => {
  const inferred = infer(text);
  expect(inferred.ok && eventTypeNames(inferred.types)).toEqual(expected);
});

it("takes conditions as deep as the parser", () => {
  expect(codes(`${"not(".repeat(200)}evt.type = open${")".repeat(200)}`)).toBe("2,3");
});
