// SPDX-License-Identifier: Apache-2.0
import { LineIndex, type SourceFile } from "@falcoc/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CompileOptions, type CompileResult, compile } from "./compile.ts";

const RULE = "- rule: r\n  desc: d\n  priority: INFO\n  output: o %proc.name\n  condition: ";

function compileTexts(texts: readonly string[], options?: CompileOptions): CompileResult {
  return compile(files(texts), options);
}

function files(texts: readonly string[]): SourceFile[] {
  return texts.map((text, i) => ({ path: `${i + 1}.yaml`, text }));
}

/** Every diagnostic in one line: `file:line:column [text] CODE: message; hint`, a star where the engine says it too. */
function report(texts: readonly string[], options?: CompileOptions): string[] {
  const sources = files(texts);
  return compile(sources, options).diagnostics.map(({ code, message, hint, span, engine }) => {
    const text = sources.find(({ path }) => path === span?.path)?.text ?? "";
    const place = new LineIndex(text).position(span?.start ?? 0);
    const part = JSON.stringify(text.slice(span?.start, span?.end));
    const words = hint === undefined ? message : `${message}; ${hint}`;
    return `${span?.path}:${place.line}:${place.column} ${part} ${code}${engine ? "*" : ""}: ${words}`;
  });
}

describe("what people are told", () => {
  it.each<[string, string[], string[]]>([
    ["an empty file", [""], []],
    ["a file of comments", ["# nothing\n"], []],
    ["no YAML", ["a: b: c"], ['1.yaml:1:5 ":" LOAD_ERR_YAML_PARSE*: this is not YAML: illegal map value']],
    [
      "bytes of something else",
      ["\u0000\u0001PNG"],
      [
        '1.yaml:1:1 "\\u0000\\u0001PNG" LOAD_ERR_YAML_VALIDATE*: this is no rules file; a rules file is a YAML list of rules, macros and lists',
      ],
    ],
    [
      "a mapping at the top",
      ["rule: x\n"],
      [
        '1.yaml:1:1 "rule: x" LOAD_ERR_YAML_VALIDATE*: a rules file must be a list of items; begin each item with "- "',
      ],
    ],
    [
      "an unknown key",
      [`${RULE}evt.type=open\n  tag: [a]\n`],
      [
        '1.yaml:6:3 "tag" LOAD_UNKNOWN_KEY*: rule "r" has an unknown key "tag", which is ignored; did you mean "tags"?',
      ],
    ],
    [
      "an unknown field in a folded condition",
      [`${RULE}>\n    evt.type=open\n    and proc.nam=x\n`],
      [
        '1.yaml:7:9 "proc.nam" LOAD_ERR_COMPILE_CONDITION*: rule "r": "proc.nam" is no field of source "syscall"; did you mean "proc.name"?',
      ],
    ],
    [
      "an unknown field in a macro",
      [`- macro: m\n  condition: proc.nam=x\n${RULE}evt.type=open and m\n`],
      [
        '1.yaml:2:14 "proc.nam" LOAD_ERR_COMPILE_CONDITION*: rule "r": "proc.nam" is no field of source "syscall"; did you mean "proc.name"?',
      ],
    ],
    [
      "a list item that breaks a condition",
      [`- list: l\n  items: [a, b)]\n${RULE}evt.type=open and proc.name in (l)\n`],
      [
        '1.yaml:7:47 ")" LOAD_ERR_COMPILE_CONDITION*: the condition of rule "r" does not parse: it should go on with "and" or "or" here',
      ],
    ],
    [
      "an appended part that breaks a condition, in its own file",
      [
        `${RULE}evt.type=open\n`,
        "- rule: r\n  condition: and proc.name =\n  override: {condition: append}\n",
      ],
      [
        '2.yaml:2:29 "" LOAD_ERR_COMPILE_CONDITION*: the condition of rule "r" does not parse: a value is missing here',
      ],
    ],
    [
      "a value of an exception that breaks a condition",
      [`${RULE}evt.type=open\n  exceptions: [{name: e, fields: proc.name, values: [a, '"b']}]\n`],
      [
        '1.yaml:6:58 "\\"" LOAD_ERR_COMPILE_CONDITION*: the condition of rule "r" does not parse: an item is missing here',
      ],
    ],
    [
      "a macro that is not there",
      [`- macro: spawned\n  condition: evt.type=execve\n${RULE}spawnd\n`],
      [
        '1.yaml:7:14 "spawnd" LOAD_ERR_VALIDATE*: rule "r" uses "spawnd", but no macro of that name is defined; did you mean "spawned"?',
      ],
    ],
    [
      "an unknown field in an output",
      [
        "- rule: r\n  desc: d\n  priority: INFO\n  condition: evt.type=open\n  output: >\n    a\n    %fd.nam b\n",
      ],
      [
        '1.yaml:7:5 "%fd.nam" LOAD_ERR_COMPILE_OUTPUT*: the output of rule "r" names "fd.nam" behind a percent sign, which is no field; did you mean "fd.name"?',
      ],
    ],
    [
      "a field of another source",
      [`${RULE}evt.type=open and ka.verb=get\n`],
      [
        '1.yaml:5:32 "ka.verb" LOAD_ERR_COMPILE_CONDITION*: rule "r": "ka.verb" is no field of source "syscall"; only events of source "k8s_audit" have it',
      ],
    ],
    [
      "a key that is there twice",
      [`${RULE}evt.type=open\n  desc: e\n`],
      ['1.yaml:6:3 "desc" YAML_DUPLICATE_KEY: key "desc" is there twice; this one is ignored'],
    ],
    [
      "a quote that nobody closed",
      ['- list: l\n  items: []\n- x: "a\n'],
      [
        '1.yaml:3:6 "\\"" YAML_UNCLOSED_QUOTE: this quote is never closed, so that the text goes on to the end of the file',
        '1.yaml:3:3 "x" LOAD_UNKNOWN_ITEM*: no item is called "x"; an item has one of the keys required_engine_version, required_plugin_versions, list, macro, rule',
        '1.yaml:1:9 "l" LOAD_UNUSED_LIST*: list "l" is not used',
      ],
    ],
    [
      "everything at once, though the engine stops at the first error",
      [
        "- rule: a\n  desc: d\n  condition: evt.type=open\n  priority: WARNG\n- macro: m\n",
        `${RULE}m or (\n`,
      ],
      [
        '1.yaml:1:9 "a" LOAD_ERR_YAML_VALIDATE*: rule "a" has no "output"; add "output:"',
        '1.yaml:4:13 "WARNG" LOAD_ERR_YAML_VALIDATE: "WARNG" is no priority; use one of Emergency, Alert, Critical, Error, Warning, Notice, Informational, Debug',
        '1.yaml:5:10 "m" LOAD_ERR_YAML_VALIDATE: macro "m" has no "condition"; add "condition:"',
        '2.yaml:5:20 "" LOAD_ERR_COMPILE_CONDITION*: the condition of rule "r" does not parse: a check, a macro or an opening parenthesis is missing here',
      ],
    ],
  ])("%s", (_, texts, expected) => {
    expect(report(texts)).toEqual(expected);
  });

  it("tells what an unknown target is", () => {
    expect(report([""], { target: "9.9" })).toEqual([
      'undefined:1:1 "" UNKNOWN_TARGET: "9.9" is no known version; known versions of Falco are 0.42, 0.43, 0.44, 0.45',
    ]);
  });

  it("says a thing once, however many files follow", () => {
    expect(report(["- list: l\n  items: []\n", "- list: k\n  items: [l]\n", "# c\n"])).toEqual([
      '1.yaml:1:9 "l" LOAD_UNUSED_LIST*: list "l" is not used',
      '2.yaml:1:9 "k" LOAD_UNUSED_LIST*: list "k" is not used',
    ]);
  });
});

describe("the engine's view", () => {
  it("keeps what came before an error, and the rules of the last good load", () => {
    const { loads, ruleset } = compileTexts([
      `${RULE}evt.type=open\n`,
      "- macro: m\n  condition: evt.type=close\n- macro: broken\n- macro: lost\n  condition: evt.type=read\n",
      `${RULE.replace("rule: r", "rule: s")}m\n`,
      `${RULE.replace("rule: r", "rule: t")}lost\n`,
    ]);
    expect(loads.map(({ successful }) => successful)).toEqual([true, false, true, false]);
    expect(ruleset.rules.map(({ name }) => name)).toEqual(["r", "s"]);
  });

  it("has at most one error a file, and nothing behind it", () => {
    const { loads } = compileTexts([
      `${RULE}a.b=1\n${RULE.replace("rule: r", "rule: s")}c.d=2\n- list: l\n  items: []\n`,
    ]);
    expect(loads.map(({ errors, warnings }) => [errors.length, warnings.length])).toEqual([[1, 0]]);
  });
});

describe("the program", () => {
  it("leaves out rules that are not urgent enough", () => {
    const texts = [`${RULE}evt.type=open\n`];
    expect(compileTexts(texts, { priority: "Warning" }).ruleset.rules).toEqual([]);
    expect(compileTexts(texts, { priority: "Informational" }).ruleset.rules).toHaveLength(1);
  });

  it("knows where a rule comes from, and which events it needs", () => {
    const { ruleset } = compileTexts([`# first\n${RULE}evt.type in (open, getrandom)\n`]);
    expect(ruleset.rules[0]).toMatchObject({
      path: "1.yaml",
      line: 2,
      events: [0, 1, 2, 3],
      priority: "Informational",
      output: { tolerant: true },
    });
    expect(ruleset.rules[0]?.syscalls).toHaveLength(2);
  });

  it("refuses rules for plugins that are not loaded", () => {
    const texts = ["- required_plugin_versions: [{name: k8saudit, version: 0.1.0}]\n"];
    const codes = (options: CompileOptions): string[] =>
      compileTexts(texts, options).diagnostics.map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ loadedPlugins: [] })).toEqual(["PLUGIN_REQUIREMENT"]);
    expect(codes({ loadedPlugins: [{ name: "k8saudit", version: "0.2.0" }] })).toEqual([]);
  });

  it("has the fields that the configuration adds", () => {
    const appendOutput = [{ extraOutput: "pid=%proc.pid", extraFields: ["evt.num", { key: "n=%fd.num" }] }];
    const { ruleset, description } = compileTexts([`${RULE}evt.type=open\n`], { appendOutput });
    expect(description.rules[0]?.details.output_compiled).toBe("o %proc.name pid=%proc.pid");
    expect(ruleset.rules[0]?.extraFields.map(({ key, value }) => [key, value.kind])).toEqual([
      ["key", "template"],
      ["evt.num", "field"],
    ]);
  });
});

describe("hostile input", () => {
  it.each([
    [
      "macros that double",
      Array.from({ length: 60 }, (_, i) => `- macro: m${i + 1}\n  condition: m${i} or m${i}\n`),
    ],
    [
      "macros that nest",
      Array.from({ length: 3000 }, (_, i) => `- macro: m${i + 1}\n  condition: not (m${i} and a)\n`),
    ],
  ])("%s give an error", (_, macros) => {
    const base = "- macro: a\n  condition: evt.type=open\n- macro: m0\n  condition: a\n";
    const { diagnostics } = compileTexts([base + macros.join("")]);
    expect(diagnostics[0]?.message).toMatch(/once its macros are put in$/);
  });

  it("names of built-in things are names like any other", () => {
    const names = ["__proto__", "constructor", "toString"];
    const text = names
      .map((name) => `- list: ${name}\n  items: [x]\n- rule: ${name}\n  ${name}: 1\n`)
      .join("");
    expect(() => compileTexts([text]).description).not.toThrow();
  });

  const fragment = fc.oneof(
    fc.constantFrom(
      "- rule: r\n", "- rule: s\n", "- macro: m\n", "- list: l\n", "- required_engine_version: ",
      "- required_plugin_versions:\n", "  condition: ", "  desc: d\n", "  output: ", "  priority: INFO\n", "  items: [a, m]\n",
      "  append: true\n", "  override: {condition: append}\n", "  override:\n", "  enabled: ", "  exceptions:\n",
      "  - name: e\n", "    fields: [proc.name]\n", "    fields: fd.name\n", "    comps: ", "    values: [[a], [b]]\n",
      "    values: [a]\n", "  tags: [x]\n", "  source: ", "k8s_audit", "evt.type=open", "proc.name in (l)", " and ", " or ",
      " not ", "m", "(", ")", '"', "'", "%proc.name", "%", "é", "𐍈", "\n", "\n", "\n", " ", "\t", "0.50.0", "[", "]", "{", "}",
      "&a ", "*a", "---\n", "\ufeff", "\ufffd", "\u0000", "~", "x: y\n", ">\n    ", "|\n    ",
    ),
    fc.string(),
  ); // biome-ignore format: a table

  it("never throws, and every place lies inside its file", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fragment, { maxLength: 30 }), { maxLength: 3 }), (parts) => {
        const sources = files(parts.map((one) => one.join("")));
        const { diagnostics, loads, description } = compile(sources);
        expect(loads).toHaveLength(sources.length);
        expect(description.rules.length).toBeGreaterThanOrEqual(0);
        for (const { span } of diagnostics) {
          const length = sources.find(({ path }) => path === span?.path)?.text.length ?? -1;
          expect(span).not.toBeNull();
          expect(span?.start).toBeGreaterThanOrEqual(0);
          expect(span?.start).toBeLessThanOrEqual(span?.end ?? -1);
          expect(span?.end).toBeLessThanOrEqual(length);
        }
        for (const { successful, errors } of loads) expect(errors.length).toBe(successful ? 0 : 1);
      }),
      { numRuns: 1500 },
    );
  });
});
