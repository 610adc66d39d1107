// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { parsed, syntaxMessage } from "./language.ts";

/** Conditions with their canonical form, or the offset at which the engine stops reading. */
function table(title: string, cases: readonly (readonly [condition: string, expected: string])[]): void {
  describe(title, () => {
    it.each(cases)("%j is %j", (condition, expected) => expect(parsed(condition)).toBe(expected));
  });
}

table("connectives", [
  ["m or n and o", "(m or (n and o))"],
  ["m and n or o", "((m and n) or o)"],
  ["m and n and o", "(m and n and o)"],
  ["(m and n) and o", "((m and n) and o)"],
  ["not m and n", "(not m and n)"],
  ["not (m and n)", "not (m and n)"],
  ["not(m and n)", "not (m and n)"],
  ["not not m", "m"],
  ["not not not m", "not m"],
  ["not  not(m)", "m"],
  ["not\vm", "not m"],
  ["not\fm", "not m"],
  ["m\vand n", "✗ 1"],
  ["m\band\bn", "(m and n)"],
  ["(m)and(n)", "(m and n)"],
  ["(m)and(n) or o", "((m and n) or o)"],
  ["m or (n) and o", "(m or (n and o))"],
  ["m or(n) and o", "✗ 8"],
  ["m and(n) or o", "((m and n) or o)"],
  ["m andn", "✗ 5"],
  ["m and", "✗ 5"],
  ["p.q existsand m", "(p.q exists and m)"],
  ["p.q in (x)and m", "(p.q in (x) and m)"],
  ["p.q='x'or m", "(p.q = x or m)"],
  ["p.q not in (x)", "✗ 4"],
  ["m AND n", "✗ 2"],
  ["", "✗ 0"],
  [" \t\n", "✗ 3"],
  ["()", "✗ 1"],
  ["m)", "✗ 1"],
  ["((m)", "✗ 4"],
  ["m # note", "✗ 2"],
]);

table("words that are names and values as well", [
  ["and", "and"],
  ["not or", "not or"],
  ["or and in", "(or and in)"],
  ["p.q = not", "p.q = not"],
  ["p.q = or and m", "(p.q = or and m)"],
  ["p.q = exists", "p.q = exists"],
  ["exists.and exists", "exists.and exists"],
  ["tolower", "tolower"],
  ["tolower.x = 1", "tolower.x = 1"],
  ["P.Q Exists", "✗ 4"],
]);

table("fields", [
  ["p.q exists", "p.q exists"],
  ["p_.q9 exists", "p_.q9 exists"],
  ["_p.q exists", "✗ 0"],
  ["9p.q exists", "✗ 0"],
  ["p.9q exists", "✗ 1"],
  ["p. exists", "✗ 1"],
  ["p-q.r exists", "✗ 1"],
  ["p.q[x] exists", "p.q[x] exists"],
  ["p.q[a,(b)] exists", "p.q[a,(b)] exists"],
  ["p.q[a=b] exists", 'p.q["a=b"] exists'],
  ["p.q['x]y'] exists", "p.q[x]y] exists"],
  ['p.q["x y"] exists', 'p.q["x y"] exists'],
  ['p.q[""] exists', 'p.q[""] exists'],
  ["p.q[] exists", "✗ 4"],
  ["p.q[ x ] exists", "✗ 4"],
  ["p.q [x] exists", "✗ 4"],
]);

table("operators", [
  ["p.q=x", "p.q = x"],
  ["p.q==x", "p.q == x"],
  ["p.q!=x", "p.q != x"],
  ["p.q === x", "✗ 6"],
  ["p.q<>1", "✗ 4"],
  ["p.q<1", "p.q < 1"],
  ["p.q >= -0.5", "p.q >= -0.5"],
  ["p.q > +7", "p.q > +7"],
  ["p.q > .5", "✗ 6"],
  ["p.q > 1.", "p.q > 1."],
  ["p.q > 0x1F", "p.q > 0x1F"],
  ["p.q > 1e+5", "p.q > 1e+5"],
  ["p.q > 1e5", "✗ 7"],
  ["p.q > 5and m", "(p.q > 5 and m)"],
  ["p.q=1and m", "✗ 9"],
  ["p.q > '5'", "✗ 6"],
  ["p.q > five", "✗ 6"],
  ["p.q contains(x)", "✗ 4"],
  ["p.q contains\tx", "p.q contains x"],
  ["p.q contains (x)", "✗ 13"],
  ["p.q = (x)", "✗ 6"],
  ["p.q CONTAINS x", "✗ 4"],
  ["p.q in(x)", "p.q in (x)"],
  ["p.q pmatch(/x)", "p.q pmatch (/x)"],
  ["p.q inx", "p.q in x"],
  ["p.q intersects x_1", "p.q intersects x_1"],
  ["p.q in x-y", "✗ 8"],
  ['p.q in "x"', "✗ 7"],
  ["p.q pmatch /x", "✗ 11"],
]);

table("values", [
  ["p.q = <NA>", "p.q = <NA>"],
  ["p.q=< and m", "(p.q = < and m)"],
  ["p.q = *.log", "p.q = *.log"],
  ["p.q = a[b]{c}|d", "p.q = a[b]{c}|d"],
  ["p.q = !x", "p.q = !x"],
  ["p.q = c.d", "p.q = c.d"],
  ["p.q = x\\y", 'p.q = "x\\\\y"'],
  ["p.q = é", "p.q = é"],
  ["p.q = 'é'", "p.q = é"],
  ["p.q = x#y", "p.q = x#y"],
  ["p.q = x,y", "✗ 7"],
  ["p.q = x=y", "✗ 7"],
]);

table("quoted texts", [
  ['p.q = "a b"', 'p.q = "a b"'],
  ["p.q = 'a b'", 'p.q = "a b"'],
  ['p.q = "a\nb"', 'p.q = "a\\nb"'],
  ['p.q = "a\\\\b"', 'p.q = "a\\\\b"'],
  ['p.q = "a\\\\"', "✗ 6"],
  ['p.q = "a\\\\ "', 'p.q = "a\\\\ "'],
  ['p.q = "a\\ b"', 'p.q = "a\\\\b"'],
  ['p.q = "\\b\\f\\n\\r\\t\\/"', 'p.q = "\\b\\f\\n\\r\\t/"'],
  ["p.q = 'it\\'s'", 'p.q = "it\'s"'],
  ['p.q = "it\\\'s"', "✗ 13"],
  ["p.q = 'say \\\"'", "✗ 14"],
  ['p.q = "\\x41\\x42c"', "p.q = ABc"],
  ['p.q = "\\x413"', "p.q = A3"],
  ['p.q = "\\x4"', "✗ 11"],
  ['p.q = "\\x4g"', "✗ 12"],
  ['p.q = "\\d"', "✗ 10"],
  ['p.q = "open', "✗ 6"],
]);

table("lists", [
  ["p.q in ()", "p.q in ()"],
  ["p.q in ( )", "p.q in ()"],
  ["p.q in (1, 'a', b.c)", "p.q in (1, a, b.c)"],
  ["p.q in (1,\n -2 ,+3)", "p.q in (1, -2, +3)"],
  ["p.q in (x,)", "✗ 10"],
  ["p.q in (x,,y)", "✗ 10"],
  ["p.q in (x y)", "✗ 10"],
  ["p.q in ((x))", "✗ 8"],
  ["p.q in (x", "✗ 9"],
  ["p.q in (tolower(r.s))", "✗ 15"],
  ['p.q in ("\\q")', "p.q in ()"],
  ['p.q in ("\\q", x)', "✗ 12"],
  ['p.q in (x, "\\q")', "✗ 15"],
]);

table("modifiers", [
  ["p.q = anyof (x, y)", "p.q = anyof (x, y)"],
  ["p.q == oneof (x)", "p.q == oneof (x)"],
  ["p.q startswith allof ()", "p.q startswith allof ()"],
  ["p.q = anyof lst", "p.q = anyof lst"],
  ["p.q = anyof android", "p.q = anyof android"],
  ["p.q = anyof not_lst", "✗ 12"],
  ["p.q = anyof", "p.q = anyof"],
  ["p.q = anyof and r.s=1", "(p.q = anyof and r.s = 1)"],
  ["p.q = anyof or m", "(p.q = anyof or m)"],
  ["p.q =anyof (x)", "✗ 11"],
  ["p.q = anyof(x)", "✗ 11"],
  ["p.q in oneof (x)", "✗ 13"],
  ["p.q > oneof (1)", "✗ 6"],
  ["p.q = anyof val(r.s)", "✗ 15"],
  ["p.q = anyof 'x'", "✗ 12"],
]);

table("transformers", [
  ["tolower(p.q) = x", "tolower(p.q) = x"],
  ["tolower( toupper( p.q ) ) exists", "tolower(toupper(p.q)) exists"],
  ["tolower (p.q) = x", "✗ 8"],
  ["tolower(m) = x", "✗ 8"],
  ["Tolower(p.q) = x", "✗ 7"],
  ["p.q in tolower(r.s)", "p.q in tolower(r.s)"],
  ["p.q > len(r.s)", "p.q > len(r.s)"],
  ["p.q = tolower(r.s)", "p.q = tolower(r.s)"],
  ["p.q=val( r.s )", "p.q = val(r.s)"],
  ["p.q in val(r.s)", "p.q in val(r.s)"],
  ["val(p.q) = x", "✗ 3"],
  ["p.q = val(val(r.s))", "✗ 10"],
  ["p.q = val(tolower(r.s))", "✗ 10"],
  ["p.q = storage(r.s)", "✗ 13"],
  ["join(':', (p.q, 'x', 5, tolower(r.s))) = x", "join(:,(p.q,x,5,tolower(r.s))) = x"],
  ["join(' ', ()) = x", 'join(" ",()) = x'],
  ["join() = x", "✗ 5"],
  ["concat(p.q, 0x1F, -2) = x", "concat(p.q,0x1F,-2) = x"],
  ["getopt(p.q, 'ab:')[a] = x", "getopt(p.q,ab:)[a] = x"],
]);

describe("depth", () => {
  const nested = (open: string, inner: string, count: number): string =>
    open.repeat(count) + inner + ")".repeat(count);

  it.each([
    ["(", "m", "", 19, 199],
    ["(", "p.q=1", "", 18, 198],
    ["not(", "m", "", 23, 248],
    ["tolower(", "p.q", " exists", 47, 497],
  ])("%j around %j%s fits %5$i times below 100 levels, %i below 1000", (open, inner, rest, few, many) => {
    for (const [limit, most] of [
      [100, few],
      [1000, many],
    ] as const) {
      expect(parsed(nested(open, inner, most) + rest, limit)).not.toMatch(/^✗/);
      expect(parsed(nested(open, inner, most + 1) + rest, limit)).toMatch(/^✗/);
    }
  });

  it("is named when it is exceeded", () => {
    expect(syntaxMessage(nested("(", "m", 1000))).toBe("exceeded max depth limit of 1000");
  });
});

describe("messages", () => {
  it.each([
    ["", "filter input string is empty"],
    ["m n", "unexpected token after 'm', expecting 'or', 'and'"],
    ["m and", "expected blank or '(' after 'and'"],
    ["m or", "expected blank or '(' after 'or'"],
    ["m and )", "expected a '(' token, a field check, or an identifier"],
    ["(m", "expected a ')' token"],
    ["p.q in (x", "expected a ')' token"],
    ["p.q in (x,", "expected a string value"],
    ["p.q[", "expected a valid field argument: a quoted string or a bare string"],
    ["p.q[x", "expected a ']' token"],
    ["tolower(p.q", "expected a ')' token closing the transformer"],
    ["p.q = val(m)", "expected a field within 'val' transformer"],
    ['p.q = "\\q"', "unsupported string escape sequence: \\q"],
    ['p.q = "\\xg0"', "invalid hex char escape sequence: g0"],
    ['p.q = "\\x4"', "truncated hex char escape sequence"],
  ])("%j: %s", (condition, message) => expect(syntaxMessage(condition)).toBe(message));
});
