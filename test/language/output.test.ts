// SPDX-License-Identifier: Apache-2.0
import type { AppendOutput } from "@falcoc/compiler";
import { type Alert, alertToJson, alertToText, createEngine, flatEvent } from "@falcoc/runtime";
import { describe, expect, it } from "vitest";
import { codes, loaded, rule } from "./language.ts";

const RECORD = {
  "evt.type": "open",
  "evt.time.iso8601": "2026-01-02T03:04:05.000000006+0000",
  "proc.name": "Hello",
  "proc.pid": 7,
  "proc.exepath": "/opt/x",
  "evt.is_open_read": true,
  "fd.types": ["file", "ipv4"],
};

/** A rule for the record whose output is the given text. */
function withOutput(output: string, ...more: readonly string[]): string {
  return rule("evt.type=open", ...more).replace('output: "o"', `output: ${JSON.stringify(output)}`);
}

function alertOf(output: string, options: Parameters<typeof loaded>[1] = {}): Alert {
  const { ruleset, diagnostics } = loaded([withOutput(output)], options);
  const made = flatEvent(RECORD);
  if (!made.ok) throw new Error(made.problems.join("; "));
  const alerts: Alert[] = [];
  createEngine(ruleset, { onAlert: (alert) => alerts.push(alert) }).process(made.event);
  const [alert] = alerts;
  if (alert === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return alert;
}

describe("messages", () => {
  it.each([
    ["plain", "plain"],
    ["%proc.name", "Hello"],
    ["%proc.namex %proc.name.", "Hellox Hello."],
    ["%proc.name[0]", "Hello[0]"],
    ["(%proc.name)", "(Hello)"],
    ["%proc.nameand%proc.pid", "Helloand7"],
    ["%10proc.name.", "Hello     ."],
    ["%2proc.name.", "He."],
    ["%proc.pname and %proc.name", "<NA> and Hello"],
    ["*%proc.pname", "<NA>"],
    ["%toupper(proc.name) %proc.name", "HELLO Hello"],
    ["%basename( proc.exepath )", "x"],
    ["%concat(proc.name, '!')", "Hello!"],
    ["%len(proc.name)", "<NA>"],
    ["%evt.is_open_read", "true"],
    ["%fd.types", "(file,ipv4)"],
    ["%fd.ip", "<NA>"],
    ["%proc.aname[2]", "<NA>"],
  ])("%j is %j", (output, message) => expect(alertOf(output).message).toBe(message));
});

describe("refused outputs", () => {
  it.each([
    "%%",
    "% proc.name",
    "100%",
    "%",
    "%12",
    "%proc.nope",
    "a%%proc.name",
    "%val(proc.name)",
    "%tolower (proc.name)",
    "%len(proc.pid)",
  ])("%j", (output) => expect(codes([withOutput(output)])).toEqual(["ERR_COMPILE_OUTPUT"]));

  it("makes the rule go away where it asks for it and the field is unknown", () => {
    expect(codes([withOutput("%proc.nope", "skip-if-unknown-filter: true")])).toEqual(["UNKNOWN_FILTER"]);
  });
});

describe("fields of alerts", () => {
  const fieldsOf = (output: string, options?: Parameters<typeof loaded>[1]) => {
    const { "evt.time": time, ...rest } = alertOf(output, options).outputFields;
    expect(time).toBe(1_767_323_045_000_000_006n);
    return rest;
  };

  it.each([
    ["plain", {}],
    ["%proc.name %proc.name", { "proc.name": "Hello" }],
    ["%proc.pname", { "proc.pname": null }],
    ["%3proc.name", { "proc.name": "Hello" }],
    ["%toupper(proc.name)", { "proc.name": "Hello" }],
    ["%proc.aname[2]", { "proc.aname[2]": null }],
    ["%proc.pid %evt.is_open_read", { "proc.pid": 7n, "evt.is_open_read": true }],
    ["%fd.types", { "fd.types": ["file", "ipv4"] }],
  ])("are those of %s", (output, fields) => expect(fieldsOf(output)).toEqual(fields));

  it("are followed by the configured ones, of which the last counts", () => {
    const appendOutput: readonly AppendOutput[] = [
      { match: { rule: "r1" }, extraFields: ["proc.pid", { key: "pid=%proc.pid" }, { "proc.name": "x" }] },
      { match: { rule: "other" }, extraFields: [{ key: "never" }] },
      { match: { source: "syscall" }, extraFields: [{ key: "late" }] },
    ];
    expect(fieldsOf("%proc.name", { appendOutput })).toEqual({
      "proc.name": "x",
      "proc.pid": 7n,
      key: "late",
    });
  });
});

describe("configured texts", () => {
  it("are appended to the outputs of rules that match, with a blank", () => {
    const appendOutput = [
      { extraOutput: "pid=%proc.pid" },
      { match: { tags: ["x"] }, extraOutput: "never" },
      { match: { rule: "r1" }, extraOutput: "end" },
    ];
    expect(alertOf("o", { appendOutput }).message).toBe("o pid=7 end");
  });

  it("are compiled with the output", () => {
    expect(codes([withOutput("o")], { appendOutput: [{ extraOutput: "%nope" }] })).toEqual([
      "ERR_COMPILE_OUTPUT",
    ]);
  });

  it("suggest the constants of the configuration", () => {
    const options = { appendOutput: [{ suggestedOutput: true }], staticFields: ["site"], plugins: [] };
    expect(loaded([withOutput("o")], options).description.rules[0]?.details.output_compiled).toBe(
      "o static_site=%static.site",
    );
  });
});

describe("forms of alerts", () => {
  it("escape the text like JSON", () => {
    const text = alertToText(alertOf('q "x" \\ \t é'));
    expect(text.replace(/^[\d:.]+: /, "")).toBe('Informational q \\"x\\" \\\\ \\t é');
  });

  it("sort the keys, and do not escape twice", () => {
    const json = alertToJson(alertOf('q "x"'));
    expect(Object.keys(JSON.parse(json))).toEqual([
      "hostname",
      "output",
      "output_fields",
      "priority",
      "rule",
      "source",
      "tags",
      "time",
    ]);
    expect(JSON.parse(json)).toMatchObject({
      priority: "Informational",
      time: "2026-01-02T03:04:05.000000006Z",
    });
    expect(JSON.parse(json).output).toMatch(/: Informational q "x"$/);
    expect(json).toContain('"evt.time":1767323045000000006');
  });
});
