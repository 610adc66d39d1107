// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { AnyNode } from "./ast.ts";
import { DEPTH_MAX_ALONE, DEPTH_MAX_RULES, parseCondition, parseOperand } from "./condition.ts";
import { printCondition, printOperand } from "./print.ts";
import type { SyntaxErrorCategory } from "./syntax-error.ts";
import { visitCondition } from "./visit.ts";

/** The canonical form of a condition, or the category and offset of its error. */
function parsed(text: string, maxDepth = DEPTH_MAX_ALONE): string {
  const result = parseCondition(text, { maxDepth });
  return result.ok ? printCondition(result.condition) : `${result.error.category} ${result.error.offset}`;
}

describe("conditions", () => {
  it.each([
    ["x or y and z", "(x or (y and z))"],
    ["not x and y", "(not x and y)"],
    ["not not not x", "not x"],
    ["not  not(x)", "x"],
    ["not(not(x))", "not not x"],
    ["(x)and(y) or z", "((x and y) or z)"],
    ["x or (y) and z", "(x or (y and z))"],
    ["x and(y) or z", "((x and y) or z)"],
    ["x or(y)or z or(w)", "(x or y or z or w)"],
    ["(x or(y)) and z", "((x or y) and z)"],
    ["x and (y and z)", "(x and (y and z))"],
    ["x\band\by", "(x and y)"],
    ["not\vx", "not x"],
  ])("groups %j", (text, canonical) => expect(parsed(text)).toBe(canonical));

  it.each([
    ["and", "and"],
    ["not", "not"],
    ["notx", "notx"],
    ["p.q = not", "p.q = not"],
    ["p.q = or and z", "(p.q = or and z)"],
    ["exists.in in (in)", "exists.in in (in)"],
    ["tolower and x", "(tolower and x)"],
  ])("reserves no word in %j", (text, canonical) => expect(parsed(text)).toBe(canonical));

  it.each([
    ["p.q existsand z", "(p.q exists and z)"],
    ["p.q inx", "p.q in x"],
    ["p.q intersectx", "p.q in tersectx"],
    ["p.q contains\tx", "p.q contains x"],
    ["p.q > 5and z", "(p.q > 5 and z)"],
    ["p.q>-1.5e+3", "p.q > -1.5e+3"],
    ["p.q='x'or z", "(p.q = x or z)"],
    ["p.q in(x)and z", "(p.q in (x) and z)"],
    ["p.q=<NA>", "p.q = <NA>"],
    ["p.q = x\\y", 'p.q = "x\\\\y"'],
    ["p.q = a[b]{c}|d", "p.q = a[b]{c}|d"],
    ["p.q = \xc3\xa9", "p.q = \xc3\xa9"],
  ])("reads the test of %j", (text, canonical) => expect(parsed(text)).toBe(canonical));

  it.each([
    ["p.q = anyof (x, y)", "p.q = anyof (x, y)"],
    ["p.q glob\nallof\t(x*)", "p.q glob allof (x*)"],
    ["p.q = anyof names", "p.q = anyof names"],
    ["p.q = anyof android", "p.q = anyof android"],
    ["p.q = anyof", "p.q = anyof"],
    ["p.q = anyof and z", "(p.q = anyof and z)"],
    ["p.q = oneof or(z)", "(p.q = oneof or z)"],
  ])("tells modifiers from texts in %j", (text, canonical) => expect(parsed(text)).toBe(canonical));

  it.each([
    ["p.q in ()", "p.q in ()"],
    ["p.q in ( x , 'y z',1 )", 'p.q in (x, "y z", 1)'],
    ['p.q in ("\\q")', "p.q in ()"],
    ["p.q pmatch (/x,/y)", "p.q pmatch (/x, /y)"],
    ["p.q in tolower(r.s)", "p.q in tolower(r.s)"],
    ["p.q in val( r.s[1] )", "p.q in val(r.s[1])"],
  ])("reads the list of %j", (text, canonical) => expect(parsed(text)).toBe(canonical));

  it.each([
    ["p.q['x]y'] exists", "p.q[x]y] exists"],
    ['p.q[""] exists', 'p.q[""] exists'],
    ["p.q[a(b),c=d] exists", 'p.q["a(b),c=d"] exists'],
    ["tolower( toupper( p.q ) ) exists", "tolower(toupper(p.q)) exists"],
    ['join(",", ()) = x', "join(,,()) = x"],
    ['concat(p.q, 1,"x", len(r.s)) = x', "concat(p.q,1,x,len(r.s)) = x"],
    ['getopt(p.q, "a:")[a] = x', "getopt(p.q,a:)[a] = x"],
    ['join("-", (p.q, 0x1f, "x", b64(r.s))) = x', "join(-,(p.q,0x1f,x,b64(r.s))) = x"],
  ])("reads arguments and calls in %j", (text, canonical) => expect(parsed(text)).toBe(canonical));

  it.each<[string, SyntaxErrorCategory, number]>([
    ["", "empty-input", 0],
    [" \t", "operand-missing", 2],
    ["_x.y = 1", "operand-missing", 0],
    ["not x y", "trailing-text", 6],
    ["x or(y) and z", "trailing-text", 8],
    ["x.9y = 1", "trailing-text", 1],
    ["p.q=1and z", "trailing-text", 9],
    ["p.q > 1e5", "trailing-text", 7],
    ["p.q in list-name", "trailing-text", 11],
    ["p.q =anyof (x)", "trailing-text", 11],
    ["p.q = anyof not_list", "trailing-text", 12],
    ["p.q = x\x80", "trailing-text", 7],
    ["tolower (p.q) = x", "trailing-text", 8],
    ["val(p.q) = x", "trailing-text", 3],
    ["(x", "unclosed", 2],
    ["(x y)", "unclosed", 3],
    ["p.q in (x y)", "unclosed", 10],
    ['p.q in ("\\q" )', "unclosed", 12],
    ['p.q in ("\\q", x)', "unclosed", 12],
    ["x andy", "blank-missing", 5],
    ["x or", "blank-missing", 4],
    ["p.q not in (x)", "operator-missing", 4],
    ["p.q contains(x)", "operator-missing", 4],
    ["p.q [x] = 1", "operator-missing", 4],
    ["p.q > '5'", "number-missing", 6],
    ["p.q<>1", "number-missing", 4],
    ["p.q = (x)", "text-missing", 6],
    ['p.q = "x\\\\"', "text-missing", 6],
    ["p.q in (x,)", "item-missing", 10],
    ['p.q in "x"', "list-missing", 7],
    ["p.q[] = 1", "field-argument-missing", 4],
    ["p.q[x y] = 1", "field-argument-unclosed", 5],
    ["join() = x", "call-argument-missing", 5],
    ["tolower(val(p.q)) = x", "call-argument-missing", 8],
    ["tolower(p.q = x", "call-unclosed", 12],
    ["p.q = val(r.s [1])", "call-unclosed", 14],
    ['join("-", ((p.q))) = x', "call-item-missing", 11],
    ['join("-", (p.q r.s)) = x', "call-list-unclosed", 15],
    ["p.q = val(tolower(r.s))", "val-field-missing", 10],
    ['p.q in (x, "\\q")', "bad-escape", 15],
    ['p.q["\\q"] = x', "bad-escape", 8],
  ])("refuses %j: %s at %i", (text, category, offset) => expect(parsed(text)).toBe(`${category} ${offset}`));

  it("words errors as the engine does", () => {
    const result = parseCondition("p.q =\r\n x y");
    expect(result).toEqual({
      ok: false,
      error: {
        category: "trailing-text",
        message: "unexpected token after 'x', expecting 'or', 'and'",
        offset: 10,
        line: 3,
        column: 4,
      },
    });
  });
});

describe("the depth limit", () => {
  const nested = (open: string, core: string, close: string, count: number) =>
    open.repeat(count) + core + close.repeat(count);

  it.each([
    ["(", "x", "", [19, 199]],
    ["(", "p.q=1", "", [18, 198]],
    ["not(", "x", "", [23, 248]],
    ["tolower(", "p.q", " exists", [47, 497]],
  ] as const)("lets as many %s through as the engine", (open, core, rest, counts) => {
    for (const [index, maxDepth] of [DEPTH_MAX_ALONE, DEPTH_MAX_RULES].entries()) {
      const count = counts[index]!;
      expect(parsed(nested(open, core, ")", count) + rest, maxDepth)).not.toMatch(/^too-deep/);
      expect(parsed(nested(open, core, ")", count + 1) + rest, maxDepth)).toMatch(/^too-deep/);
    }
  });

  it("stops where the engine stops", () => expect(parsed("(".repeat(100))).toBe("too-deep 20"));

  it("builds deep trees as it builds shallow ones", () => {
    expect(parsed(`${nested("not(", "x", ")", 247)} and y`, 1000)).toBe(`(${"not ".repeat(247)}x and y)`);
    const groups = nested("x and (y or ", "z", ")", 110);
    expect(parsed(groups, 1000)).toBe(`${"(x and (y or ".repeat(110)}z${"))".repeat(110)}`);
    const calls = nested('concat(p.q[1], ("a b"), ', "r.s", ")[c]", 300);
    expect(parsed(`${calls} exists`, 1000)).toBe(`${calls.replaceAll(", ", ",")} exists`);
  });

  it("gives every node of a deep tree its own place", () => {
    const text = nested("(x or ", "y", ")", 150);
    const result = parseCondition(text);
    const names: string[] = [];
    const starts: number[] = [];
    if (result.ok) {
      visitCondition(result.condition, {
        macro: (node) => void names.push(text.slice(node.start, node.end)),
        or: (node) => void starts.push(node.start),
      });
    }
    expect(names.join("")).toBe(`${"x".repeat(150)}y`);
    expect(starts).toEqual(Array.from({ length: 150 }, (_, index) => 6 * index + 1));
  });

  it("never goes beyond the limit for rules", () => {
    expect(parsed("(".repeat(1_000_000), 1e9)).toBe("too-deep 200");
  });
});

describe("long conditions", () => {
  it.each([
    ["a chain of and", `x${" and p.q = y".repeat(100_000)}`],
    ["a chain of or", `x${" or(y)".repeat(150_000)}`],
    ["a run of not", `${"not ".repeat(50_001)}x`],
    ["a long list", `p.q in (x${", y".repeat(300_000)})`],
    ["a long call", `concat(p.q${", r.s".repeat(200_000)}) = x`],
    ["a long text", `p.q = "${"\\n".repeat(500_000)}"`],
    ["blanks", `${" ".repeat(1_000_000)}x`],
  ])("parses and prints %s of a megabyte", { timeout: 10_000 }, (_, text) => {
    const canonical = parsed(text);
    expect(canonical).not.toMatch(/^[a-z-]+ \d+$/);
    expect(canonical.length).toBeGreaterThan(0);
  });

  it.each([
    ["(".repeat(1_000_000), "too-deep 20"],
    [`p.q = "${'\\"'.repeat(500_000)}`, "text-missing 6"],
    ["x and\n".repeat(150_000), "operand-missing 900000"],
  ])("refuses the wrong ones as fast", { timeout: 10_000 }, (text, error) =>
    expect(parsed(text)).toBe(error),
  );
});

describe("places", () => {
  const places = (text: string): string[] => {
    const result = parseCondition(text);
    const found: string[] = [];
    const add = (node: AnyNode) => void found.push(`${node.kind} ${node.start}-${node.end}`);
    if (result.ok) {
      visitCondition(result.condition, {
        and: add,
        or: add,
        not: add,
        field: add,
        value: add,
        check: add,
        list: add,
      });
      visitCondition(result.condition, {
        exists: add,
        macro: add,
        transformer: add,
        "transformer-list": add,
      });
    }
    return found;
  };

  it.each([
    ["  x or y", ["or 0-8", "macro 2-3", "macro 7-8"]],
    ["  x and y", ["and 2-9", "macro 2-3", "macro 8-9"]],
    [" ( x or y)", ["or 3-9", "macro 3-4", "macro 8-9"]],
    ["(x) and (y)", ["and 0-11", "macro 1-2", "macro 9-10"]],
    ["not not not(x) ", ["not 0-14", "macro 12-13"]],
    ["p.q[1] = 'x'", ["check 0-12", "field 0-6", "value 9-12"]],
    ["p.q in (x, y)", ["check 0-13", "field 0-3", "list 7-13", "value 8-9", "value 11-12"]],
    [
      "join(p.q, ( r.s)) exists",
      ["field 5-8", "field 9-15", "exists 0-24", "transformer 0-17", "transformer-list 9-16"],
    ],
  ])("of the nodes of %j", (text, expected) => expect(places(text)).toEqual(expected));
});

describe("stand-alone operands", () => {
  const operand = (text: string): string => {
    const result = parseOperand(text);
    return result.ok ? printOperand(result.operand) : `${result.error.category} ${result.error.offset}`;
  };

  it.each([
    ["p.q", "p.q"],
    ["p.q[x]", "p.q[x]"],
    ['getopt( p.q , "a b" )[x]', 'getopt(p.q,"a b")[x]'],
    ["", "operand-missing 0"],
    [" p.q", "operand-missing 0"],
    ["p", "operand-missing 0"],
    ["val(p.q)", "operand-missing 0"],
    ["p.q ", "trailing-text 3"],
    ["p.q[", "field-argument-missing 4"],
    ["tolower(p.q)x", "trailing-text 12"],
  ])("%j", (text, expected) => expect(operand(text)).toBe(expected));
});
