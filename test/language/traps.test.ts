// SPDX-License-Identifier: Apache-2.0
// The places at which readers of the language stumble: one test for each entry of the specification's list.
import { type Alert, alertToText, createEngine, flatEvent } from "@falcoc/runtime";
import { describe, expect, it } from "vitest";
import { codes, compiled, evaluated, list, loaded, macro, parsed, rule } from "./language.ts";

const NAME = { "t.name": { type: "CHARBUF", value: "bash" }, "t.none": { type: "CHARBUF", value: null } };

function eventsOf(condition: string): readonly number[] | "all" | undefined {
  return loaded([rule(condition)]).ruleset.rules[0]?.events;
}

function alertOf(output: string): Alert | undefined {
  const { ruleset } = loaded([
    rule("evt.type=open").replace('output: "o"', `output: ${JSON.stringify(output)}`),
  ]);
  const made = flatEvent({ "evt.type": "open", "proc.name": "bash", "proc.cmdline": 'a "b"' });
  const alerts: Alert[] = [];
  if (made.ok) createEngine(ruleset, { onAlert: (alert) => alerts.push(alert) }).process(made.event);
  return alerts[0];
}

describe("traps", () => {
  it("1: a difference from nothing is no match, the negation of equality is", () => {
    expect(evaluated("t.none != x", NAME)).toBe(false);
    expect(evaluated("not t.none = x", NAME)).toBe(true);
  });

  it("2: numbers are plain decimals, and wrap in silence", () => {
    const fields = { "n.byte": { type: "UINT8", value: 17 }, "n.big": { type: "UINT64", value: 5 } };
    for (const literal of ["0x11", "17.0", "1.7e+1"])
      expect(evaluated(`n.byte = ${literal}`, fields)).toMatch(/^✗/);
    expect(evaluated("n.byte = 273", fields)).toBe(true);
    expect(evaluated("n.big < -1", fields)).toBe(true);
  });

  it("3: names of event types are checked under every operator, and found by few", () => {
    expect(evaluated("evt.type contains ope", {})).toBe("✗ unknown event type ope");
    expect(eventsOf("evt.type=open")).toEqual([2, 3]);
    expect(eventsOf("evt.type in (open)")).toEqual([2, 3]);
    expect(eventsOf("evt.type contains open")).toBe("all");
    expect(eventsOf("evt.type = anyof (open)")).toBe("all");
  });

  it("4: a parenthesis right behind `or` takes all that `or` takes", () => {
    expect(parsed("m or(n) and o")).toBe("✗ 8");
    expect(parsed("m or (n) and o")).toBe("(m or (n and o))");
    expect(parsed("m orn")).toBe("✗ 4");
    expect(parsed("(m)or n")).toBe("(m or n)");
  });

  it("5: no word is reserved, and case counts", () => {
    expect(parsed("in or exists")).toBe("(in or exists)");
    expect(parsed("p.q = and")).toBe("p.q = and");
    expect(parsed("p.q IN (x)")).toBe("✗ 4");
  });

  it("6: quoted texts do not end in a backslash", () => {
    expect(parsed('p.q = "a\\\\"')).toBe("✗ 6");
    expect(parsed('p.q = "a\\ "')).toBe('p.q = "a\\\\"');
    expect(parsed('p.q regex "a\\."')).toBe("✗ 15");
    expect(parsed('p.q regex "a\\\\.b"')).toBe(parsed("p.q regex a\\.b"));
  });

  it("7: a first item that cannot be read makes a list empty", () => {
    expect(parsed('p.q in ("\\q")')).toBe("p.q in ()");
    expect(parsed('p.q in (x, "\\q")')).toBe("✗ 15");
  });

  it("8: lists go into the text wherever their names stand", () => {
    expect(compiled([list("l", "x") + rule('proc.cmdline contains "run l now" and proc.name=l')])).toBe(
      '(proc.cmdline contains "run x now" and proc.name = x)',
    );
    const nested = list("a", "x") + list("b", "a") + list("c", "b") + rule("proc.name in (c)");
    expect(compiled([nested])).toBe("proc.name in (a)");
  });

  it("9: macros keep their grouping, appended texts do not, exceptions wrap all", () => {
    const either = "evt.type=open or evt.type=close";
    const append = "- rule: r1\n  condition: and proc.name=x\n  append: true\n";
    const exceptions = "exceptions: [{name: e, fields: proc.name, values: [y]}]";
    expect(compiled([macro("m", either) + rule("m and proc.name=x")])).toBe(
      "((evt.type = open or evt.type = close) and proc.name = x)",
    );
    expect(compiled([rule(either) + append])).toBe(
      "(evt.type = open or (evt.type = close and proc.name = x))",
    );
    expect(compiled([rule(either, exceptions) + append])).toBe(
      "((evt.type = open or (evt.type = close and proc.name = x)) and not proc.name in (y))",
    );
  });

  it("10: rules see all macros, macros only earlier ones, files only their predecessors", () => {
    expect(codes([rule("m") + macro("m", "evt.type=open")])).toEqual(["ok"]);
    expect(codes([macro("n", "m") + macro("m", "evt.type=open") + rule("n")])).toEqual(["ERR_VALIDATE"]);
    expect(codes([rule("m"), macro("m", "evt.type=open")])).toEqual(["ERR_VALIDATE", "ok"]);
  });

  it("11: exceptions of one field take no `=`, of several they take rows, and texts in lists stay bare", () => {
    const exception = (text: string): string => rule("evt.type=open", `exceptions: [{name: e, ${text}}]`);
    expect(codes([exception("fields: proc.name, comps: =, values: [a]")])).toEqual(["ERR_VALIDATE"]);
    expect(codes([exception("fields: [proc.name], values: [a]")])).toEqual(["ERR_VALIDATE"]);
    expect(compiled([exception("fields: [proc.name], comps: [in], values: [['a, b']]")])).toBe(
      "(evt.type = open and not proc.name in (a, b))",
    );
    const replace =
      "- rule: r1\n  exceptions: [{name: e, fields: [no.field], values: [[a]]}]\n  override: {exceptions: replace}\n";
    expect(codes([rule("evt.type=open") + replace])).toEqual(["ERR_COMPILE_CONDITION"]);
  });

  it("12: replaced outputs keep their blanks; a key too many is found when all is done", () => {
    const change = '- rule: r1\n  output: " p "\n  desc: e\n  override: {output: replace}\n';
    const { loads, description } = loaded([rule("evt.type=open"), change, "# nothing\n"]);
    expect(loads.map(({ successful }) => successful)).toEqual([true, false, true]);
    expect(description.rules[0]?.info.output).toBe(" p ");
  });

  it("13: unknown fields, event types and output fields can be skipped, nothing else", () => {
    const skipping = (condition: string): string => rule(condition, "skip-if-unknown-filter: true");
    for (const condition of ["no.field=1", "evt.type=nope"]) {
      expect(codes([skipping(condition)])).toEqual(["UNKNOWN_FILTER"]);
    }
    for (const condition of ["evt.arg.nope=1", "proc.pid=x", "proc.name regex '('", "proc.pid contains 1"]) {
      expect(codes([skipping(condition)])).toEqual(["ERR_COMPILE_CONDITION"]);
    }
  });

  it("14: places in conditions are sums", () => {
    const text = "- macro: m\n  condition: evt.type=\n";
    const [error] = loaded([text]).loads[0]?.errors ?? [];
    expect(error?.report.locations.at(-1)?.position).toMatchObject({ line: 2, column: 23, offset: 33 });
  });

  it("15: the structure of the first document counts, and the letters of priorities", () => {
    const wrong = rule("evt.type=open").replace("INFO", "info");
    expect(loaded([wrong]).loads[0]?.schema.status).toBe("failed");
    expect(loaded([`- list: l\n  items: []\n---\n${wrong}`]).loads[0]?.schema.status).toBe("ok");
  });

  it("16: some fields compare in ways of their own", () => {
    const fields = {
      "e.ip": { type: "IPADDR", any_mode: "endpoint", any: ["10.0.0.1"] },
      "e.net": { type: "IPNET", any_mode: "endpoint", any: ["10.0.0.1"] },
      "a.pid": { type: "INT64", any_mode: "ancestors", any: [1] },
      "a.name": { type: "CHARBUF", any_mode: "ancestors", any: ["bash"] },
    } as const;
    expect(evaluated("e.ip = 10.0.0.1", fields)).toBe(true);
    expect(evaluated("e.ip in (10.0.0.1)", fields)).toBe(false);
    expect(evaluated("a.pid in (1)", fields)).toBe(false);
    expect(evaluated("e.net in (11.0.0.0/8, 10.0.0.0/8)", fields)).toBe(false);
    expect(evaluated("a.name = anyof (zsh, bash)", fields)).toBe(false);
  });

  it("17: regular expressions fit whole values, globs cross slashes, paths go by parts", () => {
    const fields = { "t.path": { type: "FSPATH", value: "/usr/lib/x.so" } };
    expect(evaluated("t.path regex lib", fields)).toBe(false);
    expect(evaluated("t.path regex .*lib.*", fields)).toBe(true);
    expect(evaluated("t.path glob /usr/*.so", fields)).toBe(true);
    expect(evaluated("t.path pmatch (/usr/li)", fields)).toBe(false);
    expect(evaluated("t.path pmatch (/usr/lib)", fields)).toBe(true);
  });

  it("18: percent signs are fields, the longest that there is; what is missing is <NA> and null", () => {
    expect(codes([rule("evt.type=open").replace('"o"', '"100%%"')])).toEqual(["ERR_COMPILE_OUTPUT"]);
    expect(alertOf("%proc.namely %proc.pname")).toMatchObject({
      message: "bashly <NA>",
      outputFields: { "proc.name": "bash", "proc.pname": null, "evt.time": 0n },
    });
    expect(alertOf("%toupper(proc.name)")).toMatchObject({
      message: "BASH",
      outputFields: { "proc.name": "bash" },
    });
  });

  it("19: alerts as text are escaped like JSON", () => {
    const alert = alertOf("%proc.cmdline");
    expect(alert?.message).toBe('a "b"');
    expect(alert && alertToText(alert)).toMatch(/ a \\"b\\"$/);
  });

  it("20: literals have 255 bytes at most", () => {
    expect(evaluated(`t.name = ${"a".repeat(255)}`, NAME)).toBe(false);
    expect(evaluated(`t.name = ${"a".repeat(256)}`, NAME)).toMatch(/^✗ filter parameter too long/);
  });
});
