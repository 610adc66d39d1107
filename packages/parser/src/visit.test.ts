// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { AnyNode, Condition } from "./ast.ts";
import { parseCondition } from "./condition.ts";
import { printCondition } from "./print.ts";
import { childrenOf, visitCondition } from "./visit.ts";

function tree(text: string): Condition {
  const result = parseCondition(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.condition;
}

describe("visitCondition", () => {
  it("visits nodes before their children, in the order of the text", () => {
    const seen: string[] = [];
    const add = (node: AnyNode) => void seen.push(node.kind);
    visitCondition(tree('not p.q in (x, y) or join("-", (r.s, 1)) = z and m'), {
      or: add,
      and: add,
      not: add,
      macro: add,
      check: add,
      field: add,
      transformer: add,
      "transformer-list": add,
      value: add,
      list: add,
    });
    expect(seen.join(" ")).toBe(
      "or not check field list value value and check transformer value transformer-list field value value macro",
    );
  });

  it("stays out of a node whose handler answers false", () => {
    const names: string[] = [];
    visitCondition(tree("x and not y and z"), {
      not: () => false,
      macro: (node) => void names.push(node.name),
    });
    expect(names).toEqual(["x", "z"]);
  });

  it("walks and prints trees of any depth", () => {
    let deep: Condition = { kind: "macro", start: 0, end: 1, name: "x" };
    for (let i = 0; i < 200_000; i++) deep = { kind: "not", start: 0, end: 1, child: deep };
    let count = 0;
    visitCondition(deep, { not: () => void count++ });
    expect(count).toBe(200_000);
    expect(printCondition(deep)).toBe(`${"not ".repeat(200_000)}x`);
  });
});

describe("childrenOf", () => {
  it("gives the nodes right below", () => {
    const check = tree("p.q in (x, y)");
    expect(childrenOf(check).map((node) => node.kind)).toEqual(["field", "list"]);
    expect(childrenOf(tree("m"))).toEqual([]);
  });
});
