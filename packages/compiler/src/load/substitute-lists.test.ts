// SPDX-License-Identifier: Apache-2.0
import { readRulesFile } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { createCatalog } from "../catalog/index.ts";
import { type Collection, emptyCollection } from "./collection.ts";
import { compileLists } from "./compile-lists.ts";
import { Findings } from "./findings.ts";
import { EMPTY_TEXT, type MappedText, spanOfText } from "./mapped-text.ts";
import { readFile } from "./read-file.ts";
import { ListSubstitution } from "./substitute-lists.ts";
import { wordsIn } from "./words.ts";

function collect(text: string): { readonly collection: Collection; readonly condition: MappedText } {
  const collection = emptyCollection();
  const reading = {
    collection,
    findings: new Findings(),
    catalog: createCatalog(),
    engineVersion: "0.63.0",
    target: { falco: "0.45", engine: "0.63.0" },
  };
  readFile(reading, readRulesFile({ path: "rules.yaml", text }), () => reading);
  expect(reading.findings.all).toEqual([]);
  return { collection, condition: collection.macros.get("m")?.condition ?? EMPTY_TEXT };
}

function substitution(collection: Collection): ListSubstitution {
  return new ListSubstitution(compileLists(collection), ({ text }) => wordsIn(text));
}

/** The condition after substitution; lists are given as `name=item|item`. */
function substitute(condition: string, ...lists: string[]): string {
  const items = lists.map((list) => {
    const [name = "", values = ""] = list.split(/=(.*)/s);
    return { list: name, items: values === "" ? [] : values.split("|") };
  });
  const text = JSON.stringify([...items, { macro: "m", condition }]);
  const { collection, condition: source } = collect(text);
  return substitution(collection).apply(source).text;
}

describe("lists in conditions", () => {
  it.each([
    ["a in (l)", ["l=x|y"], "a in ( x, y )"],
    ["a in (b,l,c)", ["l=x"], "a in (b, x ,c)"],
    ["l", ["l=x"], "x "],
    ["a = l", ["l=x"], "a = x "],
    ["a=l", ["l=x"], "a= x "],
    ['a contains "b l c"', ["l=x|y"], 'a contains "b x, y c"'],
    ["a[l] in (ll, l.l, 'l')", ["l=x"], "a[l] in (ll, l.l, 'l')"],
    ["a in (b, l, c)", ["l="], "a in (b  , c)"],
    ["a in (l, b)", ["l="], "a in (   b)"],
    ["a in (l)", ["l="], "a in (  )"],
    ["a in (l)", ["l=x y|\"p q\"|'r s'|t"], 'a in ( "x y", "p q", \'r s\', t )'],
    ["a in (l)", ["l=x,y|p(q"], "a in ( x,y, p(q )"],
    ["a in (l , l)", ["l=x"], "a in ( x , x )"],
    ["a in (  l  )", ["l=x"], "a in ( x )"],
    ["a in (l)", ["l=|x"], "a in ( x )"],
  ])("%j with %j is %j", (condition, lists, expected) => {
    expect(substitute(condition, ...lists)).toBe(expected);
  });

  it.each([
    [["a=x|y", "b=a|z", "c=b|w"], "in ( a, z, w )"],
    [["c=b|w", "b=a|z", "a=x|y"], "in ( x, y , z , w )"],
    [["a=x|y", "b=a|z"], "in (c)"],
  ])("nests lists in the order of definition: %j", (lists, expected) => {
    expect(substitute("in (c)", ...lists)).toBe(expected);
  });

  it("tells which lists were used", () => {
    const { collection, condition } = collect(
      "- list: l\n  items: [a]\n- list: k\n  items: [b]\n- macro: m\n  condition: x in (k)\n",
    );
    expect(substitution(collection).apply(condition).used).toEqual(["k"]);
  });
});

describe("places", () => {
  it("keeps the place of every byte", () => {
    const text =
      "- list: l\n  items: [first, 'se cond']\n- macro: m\n  condition: >\n    a in (l) and\n    b in (l)\n";
    const { collection, condition } = collect(text);
    const substituted = substitution(collection).apply(condition);
    const mapped = substituted.mapped();
    expect(mapped.text).toBe('a in ( first, "se cond" ) and b in ( first, "se cond" )\n');
    expect(substituted.text).toBe(mapped.text);
    const written = (part: string): string => {
      const start = mapped.text.lastIndexOf(part);
      const span = spanOfText(mapped, start, start + part.length);
      return text.slice(span?.start, span?.end);
    };
    expect(written("first")).toBe("first");
    expect(written("se cond")).toBe("se cond");
    expect(written("b in")).toBe("b in");
    expect(written("and")).toBe("and");
  });
});

describe("bounds", () => {
  it("gives up when the text gets too long", () => {
    const items = Array.from({ length: 2000 }, (_, i) => `item${i}`);
    const condition = `a in (${"l,".repeat(2000)}l)`;
    const text = JSON.stringify([
      { list: "l", items },
      { macro: "m", condition },
    ]);
    const { collection, condition: source } = collect(text);
    expect(substitution(collection).apply(source).overflows).toBe(true);
  });
});
