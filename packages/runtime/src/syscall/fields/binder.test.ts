// SPDX-License-Identifier: Apache-2.0
import { createCatalog } from "@falcoc/compiler/catalog";
import { expect, it } from "vitest";
import { SYSCALL_FIELDS } from "./binder.ts";

it("has a reader for every field of system call events, and no other", () => {
  const fields = createCatalog().fields("syscall");
  const names = fields.filter(({ provider }) => provider === "native" || provider === "container");
  expect(Object.keys(SYSCALL_FIELDS).sort()).toEqual(names.map(({ name }) => name).sort());
});
