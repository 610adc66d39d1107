// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { availableIn, firstVersionWith, resolveTarget } from "./versions.ts";

it.each([
  ["0.42", "0.42"],
  ["0.45.0", "0.45"],
  ["v0.44.1", "0.44"],
  ["0.57", "0.42"],
  ["0.60.0", "0.42"],
  ["0.62", "0.44"],
  ["0.63.0", "0.45"],
  ["0.41", null],
  ["0.56", null],
  ["0.64.0", null],
  ["1.0", null],
  ["0.44-rc1", null],
  ["", null],
])("takes %j for Falco %s", (text, falco) => {
  expect(resolveTarget(text)?.falco ?? null).toBe(falco);
});

it("dates what the language gained", () => {
  expect(firstVersionWith("modifier", "anyof")).toBe("0.44");
  expect(firstVersionWith("field", "static.site")).toBe("0.42");
  expect(firstVersionWith("field", "proc.name")).toBeNull();
});

it.each([
  ["0.43", "anyof", false],
  ["0.44", "anyof", true],
  ["0.45", "anyof", true],
  ["0.42", "nosuch", true],
])("Falco %s with the modifier %s: %s", (version, name, expected) => {
  const target = resolveTarget(version);
  expect(target !== null && availableIn(target, "modifier", name)).toBe(expected);
});
