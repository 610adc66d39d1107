// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { Field, Transformer } from "./ast.ts";
import { printOperand } from "./print.ts";
import { parseTemplate } from "./template.ts";

const FIELDS = new Set(["p.q", "p.q.r", "s.t[1]"]);

function resolves(value: Field | Transformer): boolean {
  return value.kind === "field" ? FIELDS.has(printOperand(value)) : value.name !== "b64";
}

/** The parts of a template, tokens in braces; or its error. */
function parts(text: string): string {
  const result = parseTemplate(text, resolves);
  if (!result.ok) return `! ${result.error.offset} ${result.error.message}`;
  const shown = result.template.parts.map((part) => {
    if (part.kind === "text") return part.text;
    return `{${part.width ?? ""}${printOperand(part.value)}}`;
  });
  return (result.template.tolerant ? "tolerant:" : "") + shown.join("");
}

describe("templates", () => {
  it.each([
    ["plain", "plain"],
    ["*", "tolerant:"],
    ["**x", "tolerant:*x"],
    ["(%p.q)", "({p.q})"],
    ["%p.q.", "{p.q}."],
    ["%p.q.s", "{p.q}.s"],
    ["%p.q.rand%p.q", "{p.q.r}and{p.q}"],
    ["%p.q[0]", "{p.q}[0]"],
    ["%p.q[0", "{p.q}[0"],
    ["%s.t[1][2]", "{s.t[1]}[2]"],
    ['%s.t["1"]', "{s.t[1]}"],
    ["%10p.q|%0p.q|%007p.q", "{10p.q}|{p.q}|{7p.q}"],
    [`%${"9".repeat(30)}p.q`, "{65535p.q}"],
    ["%tolower( p.q )x", "{tolower(p.q)}x"],
    ['%getopt(p.q,"a")[a]', "{getopt(p.q,a)[a]}"],
    ["%concat(p.q,(r.s))[%p.q", "{concat(p.q,(r.s))}[{p.q}"],
  ])("%j", (text, expected) => expect(parts(text)).toBe(expected));

  it.each([
    ["", "! 0 empty formatting token"],
    ["100%", "! 3 invalid formatting syntax: formatting cannot end with a %"],
    ["%p.q %10", "! 5 invalid formatting syntax: formatting cannot end with a number"],
    ["100%%", "! 3 unknown filter: unexpected token after '"],
    ["% p.q", "! 0 unknown filter: unexpected token after '"],
    ["%-5p.q", "! 0 unknown filter: unexpected token after '"],
    ["%no.such", "! 0 unknown filter: unexpected token after '"],
    ["%p", "! 0 unknown filter: unexpected token after '"],
    ["%val(p.q)", "! 0 unknown filter: unexpected token after '"],
    ["%b64(p.q)", "! 0 unknown filter: unexpected token after '"],
    ["%tolower (p.q)", "! 0 unknown filter: unexpected token after '"],
    ["%tolower(p.q", "! 0 unknown filter: unexpected token after '"],
  ])("refuses %j", (text, expected) => expect(parts(text)).toBe(expected));

  it("says where parts are", () => {
    expect(parseTemplate("x %3p.q.", resolves)).toEqual({
      ok: true,
      template: {
        tolerant: false,
        parts: [
          { kind: "text", start: 0, end: 2, text: "x " },
          {
            kind: "token",
            start: 2,
            end: 7,
            value: { kind: "field", start: 4, end: 7, name: "p.q", argument: null },
            width: 3,
          },
          { kind: "text", start: 7, end: 8, text: "." },
        ],
      },
    });
  });

  it.each([
    ["tokens", "%p.q ".repeat(200_000)],
    ["open brackets", '%p.q["x" '.repeat(100_000)],
    ["long names", `%p.q${"x".repeat(300)} `.repeat(3_000)],
  ])("takes linear time for a megabyte of %s", { timeout: 10_000 }, (_, text) => {
    expect(parseTemplate(text, resolves).ok).toBe(true);
  });
});
