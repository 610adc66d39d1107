// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { dynamicTable, flagTable } from "../flags/index.ts";
import { SYSCALLS } from "../syscalls.ts";
import { EVENTS } from "./index.ts";

it("has every code once, in order", () => {
  expect(EVENTS.map(({ code }) => code)).toEqual(EVENTS.map((_, index) => index));
});

it("names only tables that exist", () => {
  for (const { id, parameters } of EVENTS) {
    for (const { name, type, table } of parameters) {
      if (table === null) continue;
      expect(type === "DYN" ? dynamicTable(table) : flagTable(table), `${id} ${name}`).not.toBeNull();
    }
  }
});

it("joins paths to descriptors", () => {
  for (const { id, parameters } of EVENTS) {
    for (const { name, directoryParameter } of parameters) {
      if (directoryParameter !== null)
        expect(parameters[directoryParameter]?.type, `${id} ${name}`).toBe("FD");
    }
  }
});

it("gives system calls only events that exist", () => {
  for (const { name, events } of SYSCALLS) {
    expect(
      events.every((code) => EVENTS[code] !== undefined),
      name,
    ).toBe(true);
  }
});
