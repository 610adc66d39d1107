// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { codes, compiled, list, loaded, macro, namedRule, rule } from "./language.ts";

type Loading = readonly [what: string, texts: readonly string[], ...says: string[]];

/** Files with what the engine says of each: codes without `LOAD_`, in order; `ok` for nothing. */
function table(title: string, rows: readonly Loading[]): void {
  describe(title, () => {
    for (const [what, texts, ...says] of rows) it(what, () => expect(codes(texts)).toEqual(says));
  });
}

/** Files with the compiled condition of rule r1. */
function conditions(title: string, rows: readonly (readonly [expected: string, ...texts: string[]])[]): void {
  describe(title, () => {
    it.each(rows)("%s", (expected, ...texts) => {
      const actual = compiled(texts);
      if (expected.startsWith("✗")) expect(actual.startsWith(expected)).toBe(true);
      else expect(actual).toBe(expected);
    });
  });
}

const OPEN = "evt.type = open";
/** A rule without warnings, whose condition ends in the given one. */
const ofOpen = (condition: string, ...more: readonly string[]): string =>
  rule(`evt.type=open and ${condition}`, ...more);

conditions("lists in conditions", [
  [
    "proc.name in (a, z, w)",
    list("a", "x", "y"),
    list("b", "a", "z"),
    list("c", "b", "w") + rule("proc.name in (c)"),
  ],
  [
    "proc.name in (x, y, z, w)",
    list("c", "b", "w") + list("b", "a", "z") + list("a", "x", "y") + rule("proc.name in (c)"),
  ],
  ["proc.name in (x, y, z)", list("a", "x", "y") + list("b", "a", "z") + rule("proc.name in (b)")],
  ["proc.name in (x)", rule("proc.name in (l)") + list("l", "x")],
  ["proc.name in (l)", rule("proc.name in (l)")],
  ["proc.name in (l, x)", list("l", "l", "x") + rule("proc.name in (l)")],
  ['proc.cmdline contains "a x, y b"', list("l", "x", "y") + rule('proc.cmdline contains "a l b"')],
  ["proc.name = x", list("l", "x") + rule("proc.name = l")],
  ["proc.name = x", list("l", "x") + rule("proc.name=l")],
  ["✗ ERR_COMPILE_CONDITION", list("l", "x", "y") + rule("proc.name = l")],
  ["proc.name in x", list("l", "x") + rule("proc.name in l")],
  ["✗ ERR_COMPILE_CONDITION", list("l", "x", "y") + rule("proc.name in l")],
  ["proc.env[l] exists", list("l", "x") + rule("proc.env[l] exists")],
  ["proc.name in (a, b)", list("l") + rule("proc.name in (a, l, b)")],
  ["proc.name in (a)", list("l") + rule("proc.name in (l, a)")],
  ["proc.name in ()", list("l") + rule("proc.name in (l)")],
  ["proc.name in (x, y)", list("l", "x,y") + rule("proc.name in (l)")],
  ['proc.name in ("a b", c)', list("l", "a b", "c") + rule("proc.name in (l)")],
  ['proc.name in ("a b")', list("l", '"a b"') + rule("proc.name in (l)")],
  ["✗ ERR_COMPILE_CONDITION", list("l", "p(q") + rule("proc.name in (l)")],
  ["evt.type = close", list("open", "close") + rule("evt.type=open")],
  [
    "proc.name in (x, y)",
    list("l", "x"),
    `- list: l\n  items: [y]\n  append: true\n${rule("proc.name in (l)")}`,
  ],
  [
    "proc.name in (y)",
    list("l", "x"),
    `- list: l\n  items: [y]\n  override: {items: replace}\n${rule("proc.name in (l)")}`,
  ],
  ["proc.name in (y)", list("l", "x") + list("l", "y") + rule("proc.name in (l)")],
  ["proc.name in (5, 1.5, true)", `- list: l\n  items: [5, 1.5, true]\n${rule("proc.name in (l)")}`],
]);

conditions("macros in conditions", [
  [OPEN, rule("m") + macro("m", "evt.type=open")],
  [
    "(evt.type = open and (proc.name = a or proc.name = b))",
    macro("m", "proc.name=a or proc.name=b") + rule("evt.type=open and m"),
  ],
  ["not (proc.name = a or proc.name = b)", macro("m", "proc.name=a or proc.name=b") + rule("not m")],
  ["✗ ERR_VALIDATE: Undefined macro 'n'", macro("m", "n") + macro("n", "evt.type=open") + rule("m")],
  ["✗ ERR_VALIDATE: Undefined macro 'm'", macro("m", "m or evt.type=open") + rule("m")],
  [
    "✗ ERR_VALIDATE: reference loop in macro 'm'",
    macro("m", "evt.type=open") + macro("m", "or m", "override: {condition: append}") + rule("m"),
  ],
  [
    "(evt.type = open or (evt.type = close and proc.name = a))",
    macro("m", "evt.type=open or evt.type=close") + macro("m", "and proc.name=a", "append: true") + rule("m"),
  ],
  ["evt.type = close", macro("m", "evt.type=open"), macro("m", "evt.type=close") + rule("m")],
  ["✗ ERR_VALIDATE: Undefined macro 'nowhere'", rule("nowhere")],
]);

conditions("appended conditions", [
  [
    "(evt.type = open or (evt.type = close and proc.name = a))",
    `${rule("evt.type=open or evt.type=close")}- rule: r1\n  condition: and proc.name=a\n  append: true\n`,
  ],
  [
    "(evt.type = open and proc.name = a)",
    rule("evt.type=open"),
    "- rule: r1\n  condition: and proc.name=a\n  override: {condition: append}\n",
  ],
  [
    "evt.type = close",
    rule("evt.type=open"),
    "- rule: r1\n  condition: evt.type=close\n  override: {condition: replace}\n",
  ],
  [
    "((evt.type = open or evt.type = close) and not proc.name in (a))",
    rule("evt.type=open", "exceptions: [{name: e, fields: proc.name, values: [a]}]") +
      "- rule: r1\n  condition: or evt.type=close\n  override: {condition: append}\n",
  ],
]);

const exceptions = (...texts: readonly string[]): string => `exceptions: [${texts.join(", ")}]`;
const excepted = (exception: string): string => rule("evt.type=open", exceptions(exception));

conditions("exceptions", [
  ["evt.type = open", excepted("{name: e, fields: proc.name}")],
  ["evt.type = open", excepted("{name: e, fields: proc.name, values: []}")],
  ["(evt.type = open and not proc.name in (a, b))", excepted("{name: e, fields: proc.name, values: [a, b]}")],
  ['(evt.type = open and not proc.name in ("a b"))', excepted("{name: e, fields: proc.name, values: [a b]}")],
  [
    "(evt.type = open and not fd.name pmatch (/a, /b))",
    excepted("{name: e, fields: fd.name, comps: pmatch, values: [/a, /b]}"),
  ],
  [
    "(evt.type = open and not fd.name startswith anyof (/a))",
    excepted("{name: e, fields: fd.name, comps: startswith anyof, values: [/a]}"),
  ],
  [
    "(evt.type = open and not (proc.name = a and fd.name = /b))",
    excepted("{name: e, fields: [proc.name, fd.name], values: [[a, /b]]}"),
  ],
  [
    '(evt.type = open and not ((proc.name = a and fd.name in (/b, "c d")) or (proc.name = u and fd.name in (v))))',
    excepted("{name: e, fields: [proc.name, fd.name], comps: [=, in], values: [[a, [/b, c d]], [u, v]]}"),
  ],
  [
    '(evt.type = open and not proc.name = "a b")',
    excepted("{name: e, fields: [proc.name], values: [[a b]]}"),
  ],
  ["✗ ERR_COMPILE_CONDITION", excepted("{name: e, fields: [proc.name], comps: [in], values: [[a b]]}")],
  [
    '(evt.type = open and not proc.name in ("a b"))',
    excepted(`{name: e, fields: [proc.name], comps: [in], values: [['"a b"']]}`),
  ],
  [
    "(evt.type = open and not proc.name in (a, b))",
    excepted("{name: e, fields: [proc.name], comps: [in], values: [['a, b']]}"),
  ],
  [
    "(evt.type = open and not proc.name = val(proc.pname))",
    excepted("{name: e, fields: [proc.name], values: [[val(proc.pname)]]}"),
  ],
  ["✗ ERR_COMPILE_CONDITION", excepted("{name: e, fields: [proc.name], values: [[a(b]]}")],
  ["✗ ERR_COMPILE_CONDITION", excepted("{name: e, fields: [proc.name], values: [[[a, b]]]}")],
  ["✗ ERR_COMPILE_CONDITION", excepted("{name: e, fields: [proc.name], comps: [exists], values: [[a]]}")],
  [
    "(evt.type = open and not proc.name in (x, y))",
    list("l", "x", "y") + excepted("{name: e, fields: proc.name, values: [l]}"),
  ],
  [
    "(evt.type = open and not tolower(proc.name) = a)",
    excepted("{name: e, fields: [tolower(proc.name)], values: [[a]]}"),
  ],
  ["✗ ERR_VALIDATE", excepted("{name: e, fields: proc.name, comps: =, values: [a]}")],
  ["✗ ERR_VALIDATE", excepted("{name: e, fields: [proc.name], comps: in, values: [[a]]}")],
  ["✗ ERR_VALIDATE", excepted("{name: e, fields: proc.name, comps: [in], values: [a]}")],
  ["✗ ERR_VALIDATE", excepted("{name: e, fields: [proc.nmae], values: [[a]]}")],
  ["✗ ERR_VALIDATE", excepted("{name: e, fields: [proc.name], comps: [is], values: [[a]]}")],
  ["✗ ERR_VALIDATE", excepted("{name: e, fields: [proc.name, fd.name], values: [[a]]}")],
  ["✗ ERR_VALIDATE", excepted("{name: e, fields: proc.name, values: [[a]]}")],
  ["✗ ERR_YAML_VALIDATE", excepted("{name: e, values: [a]}")],
  ["✗ ERR_YAML_VALIDATE", excepted("{name: e, fields: proc.name, values: a}")],
  ["✗ ERR_YAML_VALIDATE", excepted("{name: e, fields: proc.name, values: ['']}")],
]);

const change = (...lines: readonly string[]): string => `- ${["rule: r1", ...lines].join("\n  ")}\n`;
const BASE = rule("evt.type=open", "exceptions: [{name: e, fields: proc.name, values: [a]}]");

conditions("changed exceptions", [
  [
    "(evt.type = open and not proc.name in (a, b))",
    BASE,
    change("exceptions: [{name: e, values: [b]}]", "append: true"),
  ],
  [
    "(evt.type = open and not proc.name in (a, b))",
    BASE,
    change("exceptions: [{name: e, values: [b]}]", "override: {exceptions: append}"),
  ],
  [
    "(evt.type = open and not proc.name in (a) and not fd.name in (/x))",
    BASE,
    change("exceptions: [{name: f, fields: fd.name, values: [/x]}]", "override: {exceptions: append}"),
  ],
  [
    "(evt.type = open and not fd.name in (/x))",
    BASE,
    change(
      "exceptions: [{name: f, fields: fd.name, comps: in, values: [/x]}]",
      "override: {exceptions: replace}",
    ),
  ],
  [
    "✗ ERR_COMPILE_CONDITION",
    rule("evt.type=open") +
      change("exceptions: [{name: f, fields: fd.name, values: [/x]}]", "override: {exceptions: replace}"),
  ],
]);

table("changes of rules", [
  [
    "fields for an exception that exists",
    [BASE + change("exceptions: [{name: e, fields: proc.name, values: [b]}]", "append: true")],
    "ERR_VALIDATE DEPRECATED_ITEM",
  ],
  [
    "a new exception without values",
    [BASE + change("exceptions: [{name: f, fields: fd.name}]", "override: {exceptions: append}")],
    "ERR_VALIDATE APPEND_NO_VALUES",
  ],
  [
    "values missing for one that exists",
    [BASE + change("exceptions: [{name: e}]", "override: {exceptions: append}")],
    "APPEND_NO_VALUES",
  ],
  [
    "append and override",
    [BASE + change("condition: and m", "append: true", "override: {condition: append}")],
    "ERR_YAML_VALIDATE DEPRECATED_ITEM",
  ],
  [
    "priority appended",
    [BASE + change("priority: INFO", "override: {priority: append}")],
    "ERR_YAML_VALIDATE",
  ],
  ["source replaced", [BASE + change("source: syscall", "override: {source: replace}")], "ERR_YAML_VALIDATE"],
  [
    "an unknown operation",
    [BASE + change("condition: x", "override: {condition: prepend}")],
    "ERR_YAML_VALIDATE",
  ],
  ["nothing to append", [BASE + change("override: {condition: append}")], "ERR_YAML_VALIDATE"],
  [
    "a key more than overridden",
    [BASE + change("condition: and proc.name=x", "output: p", "override: {condition: append}")],
    "ERR_YAML_VALIDATE",
  ],
  [
    "a source beside what is overridden",
    [BASE + change("source: syscall", "output: p", "override: {output: append}")],
    "ok",
  ],
  ["no rule to override", [change("condition: and m", "override: {condition: append}")], "ERR_VALIDATE"],
  ["no rule to append to", [change("condition: and m", "append: true")], "ERR_VALIDATE DEPRECATED_ITEM"],
  ["an append of output alone", [BASE + change("output: p", "append: true")], "ERR_VALIDATE DEPRECATED_ITEM"],
  [
    "another source appended",
    [BASE + change("condition: and proc.name=x", "source: k8s_audit", "override: {condition: append}")],
    "ERR_VALIDATE",
  ],
  ["another source defined", [BASE + rule("ka.verb=get", "source: k8s_audit")], "ERR_VALIDATE"],
  ["enabled alone", [BASE + change("enabled: false")], "DEPRECATED_ITEM"],
  ["enabled alone, of no rule", [change("enabled: false")], "ERR_VALIDATE DEPRECATED_ITEM"],
  ["enabled replaced", [BASE + change("enabled: false", "override: {enabled: replace}")], "ok"],
  ["an empty override", [BASE + rule("evt.type=close", "override: {}")], "ok"],
]);

describe("results of changes", () => {
  const ruleOf = (...texts: readonly string[]) => loaded(texts).description.rules[0];

  it("join texts with a blank, and sets of tags", () => {
    const base = rule("evt.type=open", "tags: [b, a]");
    const more = change(
      "output: p",
      "desc: e",
      "tags: [c, a]",
      "override: {output: append, desc: append, tags: append}",
    );
    expect(ruleOf(base, more)?.info).toMatchObject({
      output: "o p",
      description: "d e",
      tags: ["a", "b", "c"],
    });
  });

  it("trim outputs of definitions, not replaced ones", () => {
    expect(
      ruleOf("- {rule: r, desc: d, output: '  o ', priority: INFO, condition: evt.type=open}\n")?.info.output,
    ).toBe("o");
    const replaced = change('output: "  p "', "override: {output: replace}");
    expect(ruleOf(rule("evt.type=open"), replaced)?.info.output).toBe("  p ");
  });

  it("keep the place of a rule that is defined again, and nothing else", () => {
    const { ruleset } = loaded([
      namedRule("a", "evt.type=open", "tags: [x]", "enabled: false") + namedRule("b", "evt.type=open"),
      namedRule("a", "evt.type=close"),
    ]);
    expect(ruleset.rules.map(({ name, tags, enabled }) => [name, tags, enabled])).toEqual([
      ["a", [], true],
      ["b", [], true],
    ]);
  });

  it("stay made when a later check of the same item fails", () => {
    const wrong = change("condition: and proc.name=x", "output: p", "override: {condition: append}");
    const { description } = loaded([rule("evt.type=open"), wrong, list("l", "x")]);
    expect(description.rules[0]?.details.condition_compiled).toBe("(evt.type = open and proc.name = x)");
  });
});

table("items and keys", [
  ["an empty file", [""], "ok"],
  ["comments", ["# nothing\n"], "ok"],
  ["null documents and elements", [`---\n---\n- \n${rule("evt.type=open")}`], "ok"],
  ["two documents", [`${macro("m", "evt.type=open")}---\n${rule("m")}`], "ok"],
  ["a mapping at the top", ["rule: r\n"], "ERR_YAML_VALIDATE"],
  ["a text at the top", ["hello\n"], "ERR_YAML_VALIDATE"],
  ["an element that is no mapping", ["- 5\n"], "ERR_YAML_VALIDATE"],
  ["an unknown item", ["- rules: x\n"], "UNKNOWN_ITEM"],
  [
    "two kinds in one item",
    [
      `- list: l\n  macro: m\n  condition: evt.type=open\n  items: [x]\n${rule("evt.type=open and proc.name in (l)")}`,
    ],
    "UNKNOWN_KEY UNKNOWN_KEY",
  ],
  ["an unknown key", [rule("evt.type=open", "foo: 1")], "UNKNOWN_KEY"],
  ["a merge key", [`- &a {list: l, items: [x]}\n- <<: *a\n${ofOpen("proc.name in (l)")}`], "UNKNOWN_ITEM"],
  ["broken YAML", ["- list: [\n"], "ERR_YAML_PARSE"],
  ["a missing key", ["- macro: m\n"], "ERR_YAML_VALIDATE"],
  ["a null", ["- macro: m\n  condition:\n"], "ERR_YAML_VALIDATE"],
  ["an empty text", ['- macro: m\n  condition: ""\n'], "ERR_YAML_VALIDATE"],
  ["a list as a text", ["- macro: m\n  condition: [a]\n"], "ERR_YAML_VALIDATE"],
  ["null items", ["- list: l\n  items:\n"], "ERR_YAML_VALIDATE"],
  ["a null item", ["- list: l\n  items: [a, ~]\n"], "ERR_YAML_VALIDATE"],
  ["a priority that is none", [rule("evt.type=open").replace("INFO", "Warn")], "ERR_YAML_VALIDATE"],
  ["a priority in small letters", [rule("evt.type=open").replace("INFO", "info")], "ok"],
  ["a boolean that is none", [rule("evt.type=open", "enabled: maybe")], "ERR_YAML_VALIDATE"],
  ["a quoted boolean", [rule("evt.type=open", 'enabled: "No"')], "ok"],
  ["a hexadecimal duration", [rule("evt.type=open", "capture_duration: 0x10")], "ok"],
  ["a negative duration", [rule("evt.type=open", "capture_duration: -1")], "ERR_YAML_VALIDATE"],
  ["null exceptions", [rule("evt.type=open", "exceptions:")], "ok"],
  [
    "exceptions of one name",
    [rule("evt.type=open", exceptions("{name: e, fields: proc.name}", "{name: e, fields: fd.name}"))],
    "EXCEPTION_NAME_NOT_UNIQUE",
  ],
  ["a list nobody can name", [list("a b", "x")], "INVALID_LIST_NAME UNUSED_LIST"],
  ["a macro nobody can name", [macro("a-b", "evt.type=open")], "INVALID_MACRO_NAME UNUSED_MACRO"],
]);

table("versions", [
  ["an old engine", ["- required_engine_version: 26\n"], "ok"],
  ["this engine", ["- required_engine_version: 0.63.0\n"], "ok"],
  ["a newer engine", ["- required_engine_version: 0.64.0\n"], "ERR_VALIDATE"],
  ["another major version", ["- required_engine_version: 1.0.0\n"], "ERR_VALIDATE"],
  ["text behind the numbers", ["- required_engine_version: 0.26.0-rc1\n"], "ok"],
  ["two numbers", ["- required_engine_version: 0.26\n"], "ERR_YAML_VALIDATE"],
  [
    "a plugin version of two numbers",
    ["- required_plugin_versions: [{name: x, version: '0.1'}]\n"],
    "ERR_VALIDATE",
  ],
  [
    "a plugin twice",
    ["- required_plugin_versions: [{name: x, version: 0.1.0, alternatives: [{name: x, version: 0.2.0}]}]\n"],
    "ERR_VALIDATE",
  ],
]);

table("findings in rules", [
  ["an unknown source", [rule("((", "source: nowhere")], "UNKNOWN_SOURCE"],
  ["a macro with a syntax error, though unused", [macro("m", "((")], "ERR_COMPILE_CONDITION"],
  ["a macro with an unknown field, unused", [macro("m", "no.field=1")], "UNUSED_MACRO"],
  ["a chain of unused macros", [macro("m", "evt.type=open") + macro("n", "m")], "UNUSED_MACRO"],
  ["an unknown field", [rule("no.field=1")], "ERR_COMPILE_CONDITION"],
  [
    "an unknown field that may be skipped",
    [rule("no.field=1", "skip-if-unknown-filter: true")],
    "UNKNOWN_FILTER",
  ],
  [
    "an unknown event type that may be skipped",
    [rule("evt.type=opne", "skip-if-unknown-filter: true")],
    "UNKNOWN_FILTER",
  ],
  [
    "an unknown argument that may not",
    [rule("evt.arg.nope=1", "skip-if-unknown-filter: true")],
    "ERR_COMPILE_CONDITION",
  ],
  [
    "a bad literal that may not",
    [ofOpen("proc.pid=x", "skip-if-unknown-filter: true")],
    "ERR_COMPILE_CONDITION",
  ],
  ["nearly all events", [rule("proc.name=a")], "NO_EVTTYPE"],
  ["nearly all events, and asked to say nothing", [rule("proc.name=a", "warn_evttypes: false")], "ok"],
  ["no event at all", [rule("evt.num=0")], "ok"],
  ["a deprecated field", [ofOpen("evt.dir=<")], "DEPRECATED_ITEM"],
  [
    "a deprecated field in an output",
    [rule("evt.type=open").replace('"o"', '"%evt.latency.human"')],
    "DEPRECATED_ITEM DEPRECATED_ITEM",
  ],
  [
    "information on containers",
    [rule("evt.type=open").replace('"o"', '"%container.info o"')],
    "DEPRECATED_ITEM",
  ],
  [
    "an unknown field in an output",
    [rule("evt.type=open").replace('"o"', '"%no.field"')],
    "ERR_COMPILE_OUTPUT",
  ],
  [
    "an unknown field in an output that may be skipped",
    [rule("evt.type=open", "skip-if-unknown-filter: true").replace('"o"', '"%no.field"')],
    "UNKNOWN_FILTER",
  ],
  ["a comparison with <NA>", [rule("ka.verb=<NA>", "source: k8s_audit")], "UNSAFE_NA_CHECK"],
  ["a literal that names a field", [ofOpen("proc.name=proc.pname")], "COMPILE_CONDITION"],
  ["an event type compared with a field", [rule("evt.type=val(proc.name)")], "ERR_COMPILE_CONDITION"],
  ["a transformed event type", [rule("tolower(evt.type)=open")], "ERR_COMPILE_CONDITION"],
]);

describe("loading one file after the other", () => {
  it("compiles each with its predecessors only", () => {
    const texts = [rule("m"), macro("m", "evt.type=open")];
    expect(codes(texts)).toEqual(["ERR_VALIDATE", "ok"]);
    expect(compiled(texts)).toBe(OPEN);
  });

  it("repeats what compiling finds, not what reading does", () => {
    expect(codes([`${list("l", "x")}- foo: 1\n`, "# nothing\n"])).toEqual([
      "UNKNOWN_ITEM UNUSED_LIST",
      "UNUSED_LIST",
    ]);
  });

  it("takes the first of two equal keys", () => {
    expect(
      compiled([
        "- {rule: r1, desc: d, output: o, priority: INFO, condition: evt.type=open, condition: m}\n",
      ]),
    ).toBe(OPEN);
  });

  it("checks the structure for advice only, and forgets all but the first document", () => {
    const schemas = (text: string) => loaded([text]).loads[0]?.schema.status;
    expect(schemas("")).toBe("none");
    expect(schemas(rule("evt.type=open"))).toBe("ok");
    expect(schemas(rule("evt.type=open").replace("INFO", "Info"))).toBe("failed");
    expect(schemas(`${rule("evt.type=open")}---\n${rule("evt.type=open").replace("INFO", "Info")}`)).toBe(
      "ok",
    );
    expect(schemas(rule("evt.type=open", 'enabled: "no"'))).toBe("failed");
  });
});
