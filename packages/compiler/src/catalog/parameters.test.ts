// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { longestParameter, parameterNames } from "./parameters.ts";

it.each([
  ["fd", "fd"],
  ["fdx", "fd"],
  ["fdlimit", "fdlimit"],
  ["fdlim", "fd"],
  ["zz", null],
  ["", null],
])("%j begins with the parameter %s", (text, name) => {
  expect(longestParameter(text)?.name ?? null).toBe(name);
});

it("takes the declaration of the first event", () => {
  expect(longestParameter("mode")).toMatchObject({ type: "UINT32", print: "OCT" });
});

it("lists every name once", () => {
  expect(new Set(parameterNames()).size).toBe(parameterNames().length);
  expect(parameterNames()).toContain("exe_ino_ctime");
});
