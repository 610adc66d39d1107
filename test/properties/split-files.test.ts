// SPDX-License-Identifier: Apache-2.0
import { type CompileResult, compile } from "@falcoc/compiler";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

// The engine compiles all that was collected after each file. So where a file ends plays no part in the outcome, as
// long as every file can be read, and the last load, which compiles everything, succeeds.

const NAMES = ["a", "b", "c"];
const name = fc.constantFrom(...NAMES);

/** Conditions that use lists and macros which may be there, or not yet, or never. */
const condition = fc.constantFrom(
  "evt.type=open",
  "evt.type=open or evt.type=close",
  "evt.type=open and proc.name in (list_a, list_b, x)",
  "evt.type=close and not macro_a",
  "macro_b",
  "macro_c or evt.type=read",
);

const list = fc
  .record({
    name,
    items: fc.array(fc.constantFrom("x", "y z", "list_a", "list_b", "list_c"), { maxLength: 3 }),
  })
  .map(({ name, items }) => ({ list: `list_${name}`, items }));

const macro = fc
  .record({ name, condition })
  .map(({ name, condition }) => ({ macro: `macro_${name}`, condition }));

const rule = fc
  .record({
    name,
    condition,
    exception: fc.option(fc.constantFrom("x", "list_a")),
    tags: fc.subarray(["t", "u"]),
  })
  .map(({ name, condition, exception, tags }) => ({
    rule: `rule ${name}`,
    desc: "d",
    output: `%proc.name in ${name}`,
    priority: "INFO",
    condition,
    tags,
    ...(exception === null ? {} : { exceptions: [{ name: "e", fields: "proc.name", values: [exception] }] }),
  }));

const change = fc.oneof(
  name.map((name) => ({
    rule: `rule ${name}`,
    condition: "or evt.type=write",
    override: { condition: "append" },
  })),
  name.map((name) => ({ rule: `rule ${name}`, output: "and more", override: { output: "append" } })),
  name.map((name) => ({ rule: `rule ${name}`, enabled: false, override: { enabled: "replace" } })),
  name.map((name) => ({
    macro: `macro_${name}`,
    condition: "or proc.name=q",
    override: { condition: "append" },
  })),
  name.map((name) => ({ list: `list_${name}`, items: ["more"], override: { items: "append" } })),
);

const items: fc.Arbitrary<readonly object[]> = fc.array(fc.oneof(list, macro, rule, change), {
  maxLength: 12,
});

/** The same items in files that end behind some of them. */
function inFiles(all: readonly object[], ends: ReadonlySet<number>): CompileResult {
  const files: object[][] = [[]];
  all.forEach((item, i) => {
    files.at(-1)?.push(item);
    if (ends.has(i)) files.push([]);
  });
  return compile(files.map((file, i) => ({ path: `${i}.yaml`, text: JSON.stringify(file) })));
}

/** What the rules are, but for the places where they were written. */
function outcome({ ruleset, description }: CompileResult): unknown {
  const rules = ruleset.rules.map(({ path, line, ...rest }) => rest);
  return { ...description, rules, described: description.rules, fields: ruleset.fields, code: ruleset.code };
}

const isReadError = (code: string): boolean => code !== "LOAD_ERR_COMPILE_CONDITION";

describe("rules in several files", () => {
  it("are what they are in one", () => {
    let compared = 0;
    fc.assert(
      fc.property(items, fc.array(fc.nat(11)), (all, ends) => {
        const one = inFiles(all, new Set());
        const several = inFiles(all, new Set(ends));
        const unread = several.loads.flatMap(({ errors }) => errors).some(({ code }) => isReadError(code));
        if (unread) return;
        expect(several.loads.at(-1)?.successful).toBe(one.loads[0]?.successful);
        if (!one.loads[0]?.successful) return;
        compared++;
        expect(outcome(several)).toEqual(outcome(one));
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it("keep what the last good file left", () => {
    fc.assert(
      fc.property(items, items, (good, more) => {
        const before = inFiles(good, new Set());
        fc.pre(before.loads[0]?.successful === true);
        const broken = [...good, ...more, { macro: "broken", condition: "((" }];
        const after = inFiles(broken, new Set([good.length - 1]));
        fc.pre(after.loads.length === 2);
        expect(after.loads[1]?.successful).toBe(false);
        const names = (result: CompileResult) => result.ruleset.rules.map(({ name }) => name);
        expect(names(after)).toEqual(names(before));
        expect(after.ruleset.code).toBe(before.ruleset.code);
      }),
      { numRuns: 300 },
    );
  });
});
