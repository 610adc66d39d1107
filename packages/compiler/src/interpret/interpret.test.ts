// SPDX-License-Identifier: Apache-2.0
import { parseCondition } from "@falcoc/parser";
import { expect, it } from "vitest";
import { createCatalog } from "../catalog/create-catalog.ts";
import { checkCondition } from "../check/check-condition.ts";
import type { Expr } from "../ir/expr.ts";
import { childExprs, postOrder } from "../ir/post-order.ts";
import type { FieldValue } from "../program/index.ts";
import { observe } from "./interpret.ts";

const context = { catalog: createCatalog(), source: "syscall" };

/** One line for each node, children first: its text, its verdict, and the values that it saw. */
function observations(text: string, values: Readonly<Record<string, FieldValue>>): string[] {
  const parsed = parseCondition(text);
  const checked = parsed.ok ? checkCondition(parsed.condition, context) : null;
  if (!checked?.ok) throw new Error(`${text} does not compile`);
  const seen = observe(checked.expr, ({ text: name }) => values[name] ?? null);
  return postOrder<Expr>([checked.expr], childExprs).map((node) => {
    const { verdict, value, right } = seen.get(node)!;
    return `${text.slice(node.start, node.end)}: ${verdict} ${JSON.stringify([value, right])}`;
  });
}

it("tells the verdict and the values of every node, of those that could be skipped too", () => {
  const text = "proc.name = cat and not toupper(fd.name) endswith X or proc.name = val(proc.exe)";
  expect(observations(text, { "proc.name": "sh", "fd.name": "/x", "proc.exe": "sh" })).toEqual([
    'proc.name = cat: false ["sh",null]',
    'toupper(fd.name) endswith X: true ["/X",null]',
    "not toupper(fd.name) endswith X: false [null,null]",
    "proc.name = cat and not toupper(fd.name) endswith X: false [null,null]",
    'proc.name = val(proc.exe): true ["sh","sh"]',
    `${text}: true [null,null]`,
  ]);
});

it.each<[text: string, verdict: boolean]>([
  ["proc.exe != x", false],
  ["not proc.exe = x", true],
  ["proc.exe exists", false],
  ["proc.name != val(proc.exe)", false],
  ["proc.name = oneof (sh, sh)", false],
  ["proc.name = anyof (sh, sh)", true],
  ["proc.name != allof (sh, x)", false],
  ["proc.name != allof ()", false],
  ["fd.types in (file, ipv4)", true],
  ["fd.types in (file)", false],
  ["fd.types intersects (file)", true],
  ["fd.ip != 10.0.0.1", false],
  ["fd.ip = 10.0.0.2", true],
  ["fd.port != 80", false],
  ["fd.net = 10.0.0.0/30", true],
  ["proc.aname = init", true],
  ["proc.aname != init", true],
  ["evt.around[5000000]=2", true],
  ["evt.around[5000000]=1", false],
])("%s: %s", (text, verdict) => {
  const values = {
    "proc.name": "sh",
    "fd.types": ["file", "ipv4"],
    "fd.ip": ["\x0a\0\0\x01", "\x0a\0\0\x02"],
    "fd.net": ["\x0a\0\0\x01", "\x7f\0\0\x01"],
    "fd.port": [],
    "proc.aname": ["bash", "init"],
    "evt.around[5000000]": 6_500_000,
  };
  expect(observations(text, values).at(-1)).toContain(`${text}: ${verdict} `);
});
