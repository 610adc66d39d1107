// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { ContainerEngine, ContainerReport } from "./container-engine.ts";
import { ContainerLookup, type ContainerLookupOptions } from "./container-lookup.ts";

/** An engine that knows some containers, and remembers what it was asked. */
function engineOf(
  socket: string,
  answer: (id: string, asked: number) => string | null | Promise<never>,
): ContainerEngine & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    socket,
    asked,
    async inspect(id) {
      asked.push(id);
      const name = await answer(id, asked.filter((one) => one === id).length);
      return name === null ? null : ({ id, name } as ContainerReport);
    },
    close() {},
  };
}

function lookupOf(engines: readonly ContainerEngine[], options: ContainerLookupOptions = {}) {
  const told: string[] = [];
  const lookup = new ContainerLookup(
    engines,
    { retriesMs: [1, 1], ...options },
    {
      found: (report) => told.push(`${report.id} is ${report.name}`),
      forgotten: (id) => told.push(`${id} is forgotten`),
    },
  );
  return { lookup, told, settle: () => sleep(50) };
}

it("asks once for a container, and not before whoever saw it has gone on", async () => {
  const engine = engineOf("a", (id) => `name of ${id}`);
  const { lookup, told, settle } = lookupOf([engine]);
  for (const id of ["x", "y", "x", "x"]) lookup.see(id);
  expect(engine.asked).toEqual([]);
  await settle();
  expect(engine.asked).toEqual(["x", "y"]);
  expect(told).toEqual(["x is name of x", "y is name of y"]);
  expect(lookup.counters()).toEqual({ found: 2, unknown: 0, forgotten: 0, failures: new Map() });
});

it("asks the next engine, and remembers why one could not be asked", async () => {
  const broken = engineOf("a", () => Promise.reject(new Error("no such socket")));
  const { lookup, told, settle } = lookupOf([
    broken,
    engineOf("b", () => null),
    engineOf("c", () => "found"),
  ]);
  lookup.see("x");
  await settle();
  expect(told).toEqual(["x is found"]);
  expect(lookup.counters().failures).toEqual(new Map([["a", "no such socket"]]));
});

it("asks again for a container that is not known yet, and gives up in the end", async () => {
  const engine = engineOf("a", (id, asked) => (id === "late" && asked === 3 ? "found" : null));
  const { lookup, told, settle } = lookupOf([engine]);
  for (const id of ["late", "never"]) lookup.see(id);
  await settle();
  expect(told).toEqual(["late is found"]);
  expect(engine.asked.filter((id) => id === "never")).toHaveLength(3);
  expect(lookup.counters()).toMatchObject({ found: 1, unknown: 1 });
});

it("forgets the container that was seen least lately", async () => {
  const { lookup, told, settle } = lookupOf([engineOf("a", () => "known")], { containersMax: 2 });
  for (const id of ["x", "y", "x"]) lookup.see(id);
  await settle();
  lookup.see("z");
  await settle();
  expect(told).toEqual(["x is known", "y is known", "y is forgotten", "z is known"]);
  expect(lookup.counters().forgotten).toBe(1);
});

it("does not wait for ever", async () => {
  const engine: ContainerEngine = {
    socket: "slow",
    inspect: (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    close() {},
  };
  const { lookup, settle } = lookupOf([engine], { timeoutMs: 5, retriesMs: [] });
  lookup.see("x");
  await settle();
  expect(lookup.counters()).toMatchObject({ unknown: 1 });
  expect(lookup.counters().failures.get("slow")).toMatch(/timeout/);
});

it("tells nothing once it is closed", async () => {
  const { lookup, told, settle } = lookupOf([engineOf("a", () => "known")]);
  lookup.see("x");
  lookup.close();
  lookup.see("y");
  await settle();
  expect(told).toEqual([]);
});
