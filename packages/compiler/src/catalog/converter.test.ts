// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { conversionRule } from "./converter.ts";

it("merges an entry into its exit", () => {
  expect(conversionRule(4, 1)).toEqual({ action: "store", andPass: false });
  expect(conversionRule(5, 1)).toEqual({
    action: "append",
    parameters: [{ kind: "enter", index: 0, ifMissing: "default" }],
  });
});

it("turns a retired event into the next version", () => {
  expect(conversionRule(13, 8)).toMatchObject({ action: "retype", code: 155 });
});

it("knows nothing of other events", () => {
  expect(conversionRule(5, 2)).toBeNull();
  expect(conversionRule(9999, 0)).toBeNull();
});
