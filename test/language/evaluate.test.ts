// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { CaseFields } from "../conformance/case-catalog.ts";
import { evaluated, literalWarnings } from "./language.ts";

/** One event with a field of each kind. */
const FIELDS: CaseFields = {
  "t.word": { type: "CHARBUF", value: "Hello" },
  "t.low": { type: "CHARBUF", value: "hello" },
  "t.empty": { type: "CHARBUF", value: "" },
  "t.none": { type: "CHARBUF", value: null },
  "t.path": { type: "FSPATH", value: "/opt/app/x86/tool.so" },
  "t.b64": { type: "CHARBUF", value: "aGVsbG8" },
  "t.badb64": { type: "CHARBUF", value: "aGVs bG8=" },
  "t.accent": { type: "CHARBUF", value: "é" },
  "t.lines": { type: "CHARBUF", value: "a\nb" },
  "b.bytes": { type: "BYTEBUF", value: "hello" },
  "n.u8": { type: "UINT8", value: 17 },
  "n.u32": { type: "UINT32", value: 1000 },
  "n.u64": { type: "UINT64", value: 1000 },
  "n.i8": { type: "INT8", value: -5 },
  "n.i64": { type: "INT64", value: -5 },
  "n.max": { type: "INT64", value: "9223372036854775807" },
  "n.pid": { type: "PID", value: -5 },
  "n.time": { type: "RELTIME", value: 1000 },
  "n.port": { type: "PORT", value: 443 },
  "n.double": { type: "DOUBLE", value: 12.75 },
  "n.sig": { type: "SIGTYPE", value: 9 },
  "o.yes": { type: "BOOL", value: true },
  "i.v4": { type: "IPADDR", value: "10.1.2.3" },
  "i.v6": { type: "IPADDR", value: "2001:db8::1" },
  "i.net4": { type: "IPNET", value: "10.1.2.3" },
  "i.net6": { type: "IPNET", value: "2001:db8::1" },
  "l.texts": { type: "CHARBUF", list: true, value: ["a", "b"] },
  "l.upper": { type: "CHARBUF", list: true, value: ["A", "B"] },
  "l.nets": { type: "IPNET", list: true, value: ["10.1.2.3", "10.9.9.9"] },
  "e.addr": { type: "IPADDR", any_mode: "endpoint", any: ["10.1.2.3", "10.0.0.9"] },
  "e.net": { type: "IPNET", any_mode: "endpoint", any: ["10.1.2.3", "192.168.0.9"] },
  "e.port": { type: "PORT", any_mode: "endpoint", any: [443, 50000] },
  "a.name": { type: "CHARBUF", any_mode: "ancestors", any: ["bash", "init"] },
  "a.pid": { type: "INT64", any_mode: "ancestors", any: [7, 1] },
  "x.plain": { type: "CHARBUF", flags: ["no_transformer", "no_rhs"], value: "x" },
};

type Row = readonly [condition: string, expected: boolean | string];

/** `✗` alone stands for any refusal. */
function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows)("%s: %s", (condition, expected) => {
      const verdict = evaluated(condition, FIELDS);
      if (expected === "✗") expect(verdict).toMatch(/^✗ /);
      else expect(verdict).toBe(expected);
    });
  });
}

table("existence and missing values", [
  ["t.word exists", true],
  ["t.none exists", false],
  ["t.none != x", false],
  ["t.none = <NA>", false],
  ["t.none in ()", false],
  ["t.none != allof (x)", false],
  ["not t.none = x", true],
  ["not t.none exists", true],
  ["t.empty exists", true],
  ['t.empty = ""', true],
  ['t.empty contains ""', true],
  ["t.empty pmatch (/*)", false],
  ["t.none = val(t.none)", false],
  ["t.word != val(t.none)", false],
]);

table("integers", [
  ["n.u64 = 1000", true],
  ["n.u64 = 01000", true],
  ["n.u64 = +1000", true],
  ['n.u64 = " 1000"', true],
  ['n.u64 = "1000 "', "✗ 1000  is not a valid number"],
  ["n.u64 = 0x3e8", "✗ 0x3e8 is not a valid number"],
  ["n.u64 = 1000.0", "✗ 1000.0 is not a valid number"],
  ["n.u64 = 1e+3", "✗ 1e+3 is not a valid number"],
  ['n.u64 = ""', "✗  is not a valid number"],
  ["n.time = 5s", "✗ 5s is not a valid number"],
  ["n.u64 < -1", true],
  ["n.u8 = 273", true],
  ["n.u8 = -239", true],
  ["n.u32 = 4294968296", true],
  ["n.i8 = 251", true],
  ["n.i64 in (5, -5)", true],
  ["n.max = 18446744073709551611", true],
  ["n.sig exists", true],
  ["n.sig = 9", "✗ wrong parameter type 19"],
]);

table("ports", [
  ["n.port = https", true],
  ["n.port = 65979", true],
  ["n.port in (http, https)", true],
  ['n.port != ""', true],
  ["n.port = nosuchservice", "✗ unrecognized protocol nosuchservice"],
  ["n.port > http", "✗"],
  ["n.port = 2147483648", "✗"],
]);

table("doubles and booleans", [
  ["n.double > 12", true],
  ["n.double = 12", false],
  ["n.double > 12.5", "✗ 12.5 is not a valid number"],
  ["o.yes = true", true],
  ["o.yes != false", true],
  ["o.yes in (true, false)", true],
  ["o.yes = True", "✗ filter error: unrecognized boolean value True"],
  ["o.yes = 1", "✗ filter error: unrecognized boolean value 1"],
]);

table("texts", [
  ["t.word = hello", false],
  ["t.word icontains ELL", true],
  ["t.word contains ELL", false],
  ["t.word startswith He", true],
  ["t.word endswith lo", true],
  ["t.word > 5", true],
  ["t.word > Hel", "✗"],
  ["t.word glob H?l[lm]o", true],
  ["t.word glob Hell", false],
  ["t.word iglob h*O", true],
  ["t.word glob [!a-z]*", true],
  ["t.word glob '[[:upper:]]ello'", true],
  ["t.path glob /opt/*.so", true],
  ["t.accent glob ?", false],
  ["t.accent glob ??", true],
  ["t.accent icontains É", false],
  ['t.word = "\\x48ello"', true],
  ['t.word = "\\x00"', "✗ filter error: filter value cannot contain a NUL byte (\\x00)"],
]);

table("regular expressions", [
  ["t.word regex ell", false],
  ["t.word regex .*ell.*", true],
  ["t.word regex ^Hello$", true],
  ["t.word regex '[[:alpha:]]+'", true],
  ["t.word regex 'Hel{2}o'", true],
  ["t.lines regex a.b", false],
  ["t.accent regex .", true],
  ["t.word regex '\\\\w+'", "✗"],
  ["t.word regex '(?i)hello'", "✗"],
  ["t.word regex '(?:H)ello'", "✗"],
  ["t.word regex '.+?'", true],
  ["t.empty regex '.+?'", true],
  ["t.empty regex '.+'", false],
  ["t.word regex '('", "✗"],
]);

table("paths", [
  ["t.path pmatch (/opt)", true],
  ["t.path pmatch (/op)", false],
  ["t.path pmatch (opt/)", true],
  ["t.path pmatch (//opt//app)", true],
  ["t.path pmatch (/)", true],
  ["t.empty pmatch (/)", true],
  ["t.path pmatch (/*)", true],
  ["t.path pmatch (/opt/*/x86)", true],
  ["t.path pmatch (/opt/**/tool.so)", false],
  ["t.path pmatch (/opt/app/x86/tool.so/more)", false],
  ["t.path pmatch (/opt/app/x86/tool.so)", true],
  ["t.path pmatch (/none, /opt/a[op]p)", true],
  ["t.path pmatch (/opt/app/nope, /opt)", true],
  ["t.path pmatch (/opt/a*/nope, /opt/ap*/x86)", true],
  ["t.path pmatch ()", false],
]);

table("buffers", [
  ["b.bytes = hello", true],
  ["b.bytes = hell", false],
  ["b.bytes startswith hell", true],
  ["b.bytes bcontains 656c6C", true],
  ["b.bytes bstartswith 6865", true],
  ["b.bytes bcontains 656", "✗ filter error: bcontains and bstartswith operator support hex strings only"],
  ["b.bytes icontains HE", "✗"],
  ['b.bytes = "\\x00"', false],
]);

table("addresses and networks", [
  ["i.v4 = 10.1.2.3", true],
  ['i.v4 != "::1"', true],
  ['i.v4 = "::1"', false],
  ["i.v4 = 10.0.0.0/8", "✗"],
  ["i.v4 = 10.1.2", "✗"],
  ["i.v4 = localhost", "✗"],
  ["i.v6 = 2001:DB8:0:0:0:0:0:1", true],
  ["i.v6 = ::ffff:10.1.2.3", "✗"],
  ["i.v6 = 2001:db8::1%eth0", "✗"],
  ["i.net4 = 10.0.0.0/8", true],
  ["i.net4 = 10.99.99.99/8", true],
  ["i.net4 = 0.0.0.0/0", true],
  ["i.net4 = 10.0.0.0/264", true],
  ["i.net4 = 10.0.0.0/33", "✗"],
  ["i.net4 = 10.1.2.3", "✗"],
  ["i.net4 != 2001:db8::/32", true],
  ["i.net6 = 2001:db8::/32", true],
  ["i.net6 = ::/0", "✗"],
  ["i.net6 = ::/129", "✗"],
  ["i.net4 in (192.168.0.0/16, 10.0.0.0/8)", true],
  ["i.net4 = anyof (10.0.0.0/8)", false],
  ["i.net4 != allof (10.0.0.0/8)", true],
  ["i.net4 = oneof (10.0.0.0/8)", true],
  ["i.net4 = allof (10.0.0.0/8)", true],
  ["i.net4 != anyof (10.0.0.0/8, 192.168.0.0/16)", true],
]);

table("lists and modifiers", [
  ["l.texts in (a, b, c)", true],
  ["l.texts in (a)", false],
  ["l.texts in ()", false],
  ["l.texts intersects (a, z)", true],
  ["l.texts = a", "✗"],
  ["l.texts = anyof (a)", "✗"],
  ["l.nets in (10.0.0.0/8)", true],
  ["l.nets intersects (10.1.0.0/16)", true],
  ["t.word in ()", false],
  ["not t.word in ()", true],
  ["t.word in Hello", true],
  ["t.word == oneof (Hello, Hello)", false],
  ["t.word == anyof (Hello, Hello)", true],
  ["t.word != anyof (Hello, x)", true],
  ["t.word != allof (Hello, x)", false],
  ["t.word == anyof ()", false],
  ["t.word != allof ()", false],
  ["t.word startswith anyof (x, He)", true],
]);

table("fields with a comparison of their own", [
  ["e.addr = 10.0.0.9", true],
  ["e.addr != 10.0.0.9", false],
  ["e.addr != 10.0.0.8", true],
  ["e.addr in (10.0.0.9)", false],
  ["e.addr intersects (10.0.0.9)", false],
  ["e.addr exists", true],
  ["e.port = https", true],
  ["e.port in (80, 443)", true],
  ["e.port > 49999", true],
  ["e.port != 443", false],
  ["e.port intersects (443)", false],
  ["e.net = 192.168.0.0/16", true],
  ["e.net in (192.168.0.0/16, 172.16.0.0/12)", true],
  ["e.net in (172.16.0.0/12, 192.168.0.0/16)", false],
  ["e.net intersects (192.168.0.0/16)", false],
  ["a.name = init", true],
  ["a.name != bash", true],
  ["a.name in (init)", true],
  ["a.name = anyof (zzz, bash)", false],
  ["a.name = anyof (bash, zzz)", true],
  ["a.pid = 1", true],
  ["a.pid in (1)", false],
]);

table("fields on the right", [
  ["t.low = tolower(t.word)", true],
  ["tolower(t.word) = val(t.low)", true],
  ["t.low in tolower(t.word)", false],
  ["t.low in val(t.low)", true],
  ["n.u64 >= val(n.u64)", true],
  ["l.texts in val(l.texts)", true],
  [
    "n.u64 = val(n.u32)",
    "✗ field 'n.u64' has type 'UINT64' while the right-hand side field 'n.u32' has incompatible type 'UINT32'",
  ],
  ["n.i64 = val(n.pid)", "✗"],
  ["n.u64 = val(n.time)", "✗"],
  [
    "t.low in val(l.texts)",
    "✗ field 't.low' has type 'CHARBUF' while the right-hand side field 'l.texts' has incompatible type 'CHARBUF (list)'",
  ],
  ["t.word regex val(t.word)", "✗ operator 'REGEX' doesn't support right-hand side fields"],
  ["t.word pmatch val(t.word)", "✗ operator 'PMATCH' doesn't support right-hand side fields"],
  ["i.net4 = val(i.net4)", "✗ field type 'IPNET' doesn't support right-hand side fields"],
  ["x.plain = val(t.word)", "✗ field 'x.plain' doesn't support right-hand side fields"],
  ["t.word = val(x.plain)", "✗ field 'x.plain' can't be used as a right-hand side field"],
  ["t.word = t.low", false],
]);

table("transformers", [
  ["toupper(t.word) = HELLO", true],
  ["toupper(t.accent) = é", true],
  ["basename(t.path) = tool.so", true],
  ["len(t.word) = 5", true],
  ["len(b.bytes) = 5", true],
  ["len(l.texts) = 2", true],
  ["len(t.none) = 0", false],
  ["len(n.u64) = 4", "✗"],
  ["tolower(n.u64) = 4", "✗"],
  ["tolower(x.plain) = x", "✗ field 'x.plain' does not support transformers"],
  ["tolower(l.upper) in (a, b)", false],
  ["tolower(l.upper) intersects (a)", false],
  ["len(tolower(l.upper)) = 2", true],
  ["b64(t.b64) = hello", true],
  ["b64(t.badb64) exists", false],
  ["b64(t.path) exists", "✗"],
  ["basename(tolower(t.path)) = tool.so", true],
  ['join(",", l.texts) = "a,b"', true],
  ['join(",", (n.u64, "x")) = "1000,x"', true],
  ['join(",", ()) = ""', true],
  ['join(",", (t.none, "x")) exists', false],
  ['join(",", t.word) = x', "✗ join() second argument must be a list"],
  ['join(l.texts, ("x")) = x', "✗ join() first argument (separator) must be a single value, not a list"],
  ['join(",", l.texts, "x") = x', "✗ join() requires exactly 2 arguments: separator and list"],
  ['join(",") = x', "✗ unknown field transfomer 'join'"],
  ['concat(t.word, "-", t.low) = Hello-hello', true],
  ["concat(t.word, t.none) exists", false],
  ['concat(n.u64, "x") = y', "✗ concat() arguments must be strings"],
  ['concat(t.path, "x") = y', "✗ concat() arguments must be strings"],
  ["concat(t.word) = y", "✗ unknown field transfomer 'concat'"],
  ["tolower(t.word, t.low) = y", "✗"],
  ["tolower(t.word)[x] = y", "✗ filter error: transformer 'tolower' does not support field arguments"],
  ['getopt(("-n", "-t", "v"), "nt:")[t] = v', true],
  ['getopt(("-tv"), "nt:")[t] = v', true],
  ['getopt(("-nt", "v"), "nt:")[n] = n', true],
  ['getopt(("-t", "1", "-t", "2"), "t:")[t] = 2', true],
  ['getopt(("x", "-a"), "a")[a] exists', false],
  ['getopt(("--", "-a"), "a")[a] exists', false],
  ['getopt(("--long", "-a"), "a")[a] exists', true],
  ['getopt(("-z"), "a") intersects ("?")', true],
  ['getopt(("x"), "ab") exists', true],
  ['getopt(("x"), "ab") in (a)', true],
  ['getopt(("x"), "ab") intersects (a)', false],
  ['getopt(("-a"), "a")[ab] exists', "✗ getopt() field argument must be a single option character"],
  ['getopt(t.word, "a") exists', "✗ getopt() first argument must be a list"],
]);

table("names of event types", [
  ["evt.type = open", false],
  ["evt.type in (open, openat, syscall, NA)", false],
  ["evt.type = opne", "✗ unknown event type opne"],
  ["evt.type startswith ope", "✗ unknown event type ope"],
  ["evt.type glob open*", "✗ unknown event type open*"],
  ["toupper(evt.type) = OPEN", "✗ unknown event type OPEN"],
  ["syscall.type = opne", false],
]);

table("lookup of fields", [
  ["proc.name exists", false],
  ["proc.nmae exists", "✗ filter_check called with nonexistent field proc.nmae"],
  ["proc.name[1] exists", "✗ filter_check called with nonexistent field proc.name[1]"],
  ["proc.aname[1] exists", false],
  ["proc.aname[x] exists", "✗"],
  ["proc.env[HOME] exists", false],
  ["evt.arg.flags exists", false],
  ["evt.arg[0] exists", false],
  ["evt.arg.nosuch exists", "✗"],
  ["evt.arg exists", "✗"],
  ["evt.type.is.open exists", false],
  ["ka.verb exists", "✗"],
  ['evt.arg["a]b"] exists', "✗"],
]);

describe("lengths of literals", () => {
  it.each([
    [255, "a", false],
    [256, "a", "✗ filter parameter too long (used=257"],
  ])("%i bytes", (length, letter, expected) => {
    const verdict = String(evaluated(`t.word = ${letter.repeat(length)}`, FIELDS));
    expect(verdict.startsWith(String(expected))).toBe(true);
  });

  it("counts bytes, not letters", () => {
    expect(evaluated(`t.word = ${"é".repeat(128)}`, FIELDS)).toMatch(/^✗ filter parameter too long/);
  });

  it("holds for buffers, too", () => {
    expect(evaluated(`b.bytes = ${"a".repeat(256)}`, FIELDS)).toBe("✗ filter parameter too long (byte buf)");
  });
});

describe("warnings about literals", () => {
  it.each([
    ["t.word regex ell", ["regex-needs-none"]],
    ["t.word regex ^ell.*$", ["regex-needs-none"]],
    ["t.word regex e.l", []],
    ["t.word = proc.name", ["field-as-text"]],
    ['t.word = "proc . name"', ["field-as-text"]],
    ["t.word = no.field", []],
    ['t.word = "tolower(proc.name)"', ["transformer-as-text"]],
    ['t.word in (x, "val(y)")', ["transformer-as-text"]],
    ["t.word = val", []],
  ])("%s", (condition, expected) => expect(literalWarnings(condition, FIELDS)).toEqual(expected));
});
