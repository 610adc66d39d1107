// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CompileResult, compile, interpret, lint, type ReadField } from "@falcoc/compiler";
import type { FieldValue } from "@falcoc/compiler/program";
import type { Diagnostic, SourceFile, TextEdit } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { describeShared } from "../shared.ts";
import { runEvent } from "./run-event.ts";

const STYLE = { run: runEvent, enable: ["style"] };

/** All safe fixes that do not overlap, applied at once; and again until none is left. */
function fixed(text: string): string {
  for (let pass = 0; pass < 10; pass++) {
    const edits = lint(compile([{ path: "rules.yaml", text }]), STYLE).reduce(taking, []);
    if (edits.length === 0) return text;
    const backwards = [...edits].sort((a, b) => b.span.start - a.span.start);
    for (const { span, newText } of backwards)
      text = text.slice(0, span.start) + newText + text.slice(span.end);
  }
  throw new Error("fixes do not come to an end");
}

function taking(taken: readonly TextEdit[], { fix }: Diagnostic): readonly TextEdit[] {
  if (!fix?.safe) return taken;
  const isApart = (a: TextEdit, b: TextEdit): boolean =>
    a.span.start !== b.span.start && (a.span.end <= b.span.start || b.span.end <= a.span.start);
  return fix.edits.every((edit) => taken.every((one) => isApart(edit, one)))
    ? [...taken, ...fix.edits]
    : taken;
}

function rule(condition: string, rest = ""): string {
  return `- rule: A # the first\n  desc: Somebody.\n  condition: ${condition}\n  output: o\n  priority: INFO\n${rest}`;
}

describe("safe fixes", () => {
  it.each([
    [
      "parentheses",
      rule(
        ">\n    evt.type = openat and fd.name = a\n    or evt.type = open and fd.name = b or proc.name = c",
      ),
      rule(
        ">\n    (evt.type = openat and fd.name = a)\n    or (evt.type = open and fd.name = b) or proc.name = c",
      ),
    ],
    [
      "items in brackets",
      "- list: a # names\n  items: [b, c, b, 'c',\n    d, # last\n    b]\n",
      "- list: a # names\n  items: [b, c,\n    d, # last\n    b]\n",
    ],
    [
      "items on lines",
      "- list: a\n  items:\n    # first\n    - b\n    - c # second\n    - b\n    - d\n",
      "- list: a\n  items:\n    # first\n    - b\n    - c # second\n    - d\n",
    ],
    [
      "items with comments stay",
      "- list: a\n  items:\n    - b\n    - b # why\n",
      "- list: a\n  items:\n    - b\n    - b # why\n",
    ],
    [
      "a part that is there twice",
      rule("evt.type = openat and (proc.name = a or proc.name = b or\n    proc.name = a)"),
      rule("evt.type = openat and (proc.name = a or proc.name = b)"),
    ],
    [
      "regular expressions",
      rule("evt.type = openat and fd.name regex ^/etc/passwd$ and proc.name regex a\\.b"),
      rule("evt.type = openat and fd.name = /etc/passwd and proc.name = a.b"),
    ],
    [
      "the old way to append",
      "- list: a\n  items: [b]\n- list: a # more\n  items: [c]\n  append: true # old\n",
      "- list: a\n  items: [b]\n- list: a # more\n  items: [c]\n  override: {items: append} # old\n",
    ],
    [
      "the old way to disable",
      `${rule("evt.type = openat")}- rule: A\n  enabled: false\n- {rule: A, enabled: true}\n`,
      `${rule("evt.type = openat")}- rule: A\n  enabled: false\n  override: {enabled: replace}\n- {rule: A, enabled: true, override: {enabled: replace}}\n`,
    ],
    [
      "the direction",
      `- macro: m\n  condition: (evt.type in (execve, execveat) and evt.dir=<) # ends\n${rule("m and proc.name = a and evt.dir = <")}`,
      `- macro: m\n  condition: (evt.type in (execve, execveat)) # ends\n${rule("m and proc.name = a")}`,
    ],
    [
      "a token that is deprecated",
      "- rule: A\n  desc: Somebody.\n  condition: evt.type = openat2\n  output: a=%container.info b=%proc.name\n  priority: INFO\n",
      "- rule: A\n  desc: Somebody.\n  condition: evt.type = openat2\n  output: a= b=%proc.name\n  priority: INFO\n",
    ],
    [
      "an output that is nothing else stays",
      '- rule: A\n  desc: Somebody.\n  condition: evt.type = openat2\n  output: "%container.info"\n  priority: INFO\n',
      '- rule: A\n  desc: Somebody.\n  condition: evt.type = openat2\n  output: "%container.info"\n  priority: INFO\n',
    ],
    [
      "the direction of other events stays",
      rule("evt.type = container and evt.dir = <"),
      rule("evt.type = container and evt.dir = <"),
    ],
    [
      "two negations",
      rule("evt.type = openat and not not proc.name = a"),
      rule("evt.type = openat and proc.name = a"),
    ],
    [
      "types of events",
      rule("evt.type = anyof (openat, open) and proc.name = a"),
      rule("evt.type in (openat, open) and proc.name = a"),
    ],
  ])("%s", (_title, before, after) => {
    expect(fixed(before)).toBe(after);
  });
});

const FILES = [
  "falco_rules.yaml",
  "falco-incubating_rules.yaml",
  "falco-sandbox_rules.yaml",
  "legacy/falco_rules-1.0.1.yaml",
  "plugins/aws_cloudtrail_rules.yaml",
  "plugins/k8s_audit_rules.yaml",
  "plugins/okta_rules.yaml",
];

describeShared("safe fixes of rules that are in use", (shared) => {
  it.each(FILES)("%s matches the same events, and loads as before", (name) => {
    const source: SourceFile = {
      path: "rules.yaml",
      text: readFileSync(join(shared, "corpus", "rules", name), "utf8"),
    };
    const before = compile([source]);
    const after = compile([{ ...source, text: fixed(source.text) }]);
    expect(after.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(namesOf(after)).toEqual(namesOf(before));
    expect(commentsOf(after)).toEqual(commentsOf(before));
    expect(verdicts(after, before)).toEqual(verdicts(before, before));
  });
});

function namesOf({ ruleset }: CompileResult): readonly string[] {
  return ruleset.rules.map(({ name, enabled }) => `${name} ${enabled}`);
}

function commentsOf({ loaded }: CompileResult): readonly string[] {
  return loaded.files.flatMap(({ comments, source }) =>
    comments.map(({ start, end }) => source.text.slice(start, end)),
  );
}

/** What every rule says to events that have the values which occur in the rules, one after the other. */
function verdicts(result: CompileResult, values: CompileResult): readonly string[] {
  const events = eventsOf(values);
  return (result.loaded.active?.rules ?? []).map(({ expr, entry }) => {
    const bits = events.map((read) => (interpret(expr, read) ? "1" : "0")).join("");
    return `${entry.name} ${bits}`;
  });
}

const EVENTS_PER_FILE = 12;

function eventsOf({ loaded }: CompileResult): readonly ReadField[] {
  const texts = [...(loaded.active?.lists ?? [])]
    .flatMap(({ items }) => items)
    .filter((text) => /^[\w./-]+$/.test(text));
  return Array.from({ length: EVENTS_PER_FILE }, (_, seed): ReadField => {
    return ({ text, name, type, isList, comparison }) => {
      const pick = hash(`${text} ${seed}`);
      if (name === "evt.dir") return "<";
      if (name === "evt.type") return ["openat", "execve", "connect", "open"][pick % 4] ?? null;
      if (pick % 5 === 0) return null;
      const value = scalar(type, pick, texts);
      return isList || comparison === "endpoints" || comparison === "ancestors"
        ? ([value] as FieldValue)
        : value;
    };
  });
}

function scalar(type: string, pick: number, texts: readonly string[]): string | number | boolean {
  if (type === "BOOL") return pick % 2 === 0;
  if (type.startsWith("IP")) return String.fromCharCode(10, pick % 256, 0, 1);
  if (/INT|PORT|PID|FD|TIME|FLAGS|MODE|ERRNO/.test(type)) return pick % 4;
  return texts[pick % texts.length] ?? "a";
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) % 1_000_003;
  return value;
}
