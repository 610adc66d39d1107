// SPDX-License-Identifier: Apache-2.0
import { compile, LINT_RULES, lint } from "@falcoc/compiler";
import { describe, expect, it } from "vitest";
import { runEvent } from "./run-event.ts";

/** Codes of all that is found in a rules file, everything enabled that the rule's group needs. */
function codes(text: string, enable: readonly string[]): readonly string[] {
  const compiled = compile([{ path: "rules.yaml", text }]);
  return lint(compiled, { run: runEvent, enable }).map(({ code }) => code);
}

describe("examples of lint rules", () => {
  it.each(LINT_RULES.map((rule) => [rule.code, rule] as const))("%s", (code, rule) => {
    const enable = rule.group === null ? [] : [code];
    expect([...new Set(codes(rule.avoid, enable))]).toEqual([code]);
    expect(codes(rule.prefer, enable)).toEqual([]);
  });
});

describe("lint rules", () => {
  it("have codes of their own", () => {
    const all = LINT_RULES.map(({ code }) => code);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((code) => !/^[A-Z][A-Z0-9_]+$/.test(code) || code.startsWith("LOAD_"))).toEqual([]);
  });
});
