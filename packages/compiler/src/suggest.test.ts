// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { didYouMean, suggest } from "./suggest.ts";

const FIELDS = ["fd.num", "fd.name", "proc.name", "proc.pname", "evt.type", "user.name"];

describe("suggest", () => {
  it.each([
    ["proc.nam", "proc.name"],
    ["fd.nam", "fd.name"],
    ["evt.tpye", "evt.type"],
    ["EVT.TYPE", "evt.type"],
    ["usr.nmae", "user.name"],
    ["something", null],
    ["", null],
    ["x".repeat(1000), null],
  ])("%j may have been meant as %j", (name, expected) => {
    expect(suggest(name, FIELDS)).toBe(expected);
  });

  it("does not suggest the name itself", () => {
    expect(suggest("evt.type", ["evt.type"])).toBeNull();
  });

  it("makes a sentence of it", () => {
    expect(didYouMean("proc.nam", FIELDS)).toBe('did you mean "proc.name"?');
    expect(didYouMean("nothing.like.it", FIELDS)).toBeUndefined();
  });
});
