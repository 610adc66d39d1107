// SPDX-License-Identifier: Apache-2.0
import { compile, lint } from "@falcoc/compiler";
import { describe, expect, it } from "vitest";
import { runEvent } from "./run-event.ts";

const HEAD = "- rule: A\n  desc: d\n  output: o\n  priority: INFO\n  condition: ";

/** Code, place, message and hint of everything that is found in a rule with this condition. */
function findings(condition: string, more = ""): readonly string[] {
  const text = `${HEAD}${condition}\n${more}`;
  return lint(compile([{ path: "rules.yaml", text }]), { run: runEvent }).map(
    ({ code, message, hint, span }) => {
      const at = text.slice(span?.start, span?.end).replace(/\s+/g, " ");
      return [`${code} at ${at}`, message, ...(hint === undefined ? [] : [hint])].join("\n");
    },
  );
}

describe("findings about meaning", () => {
  it.each([
    [
      "two values of one field",
      "evt.type = openat and proc.name = a and proc.name in (b, c)",
      [
        'NEVER_TRUE at proc.name in (b, c)\n"proc.name = a" and "proc.name in (b, c)" never hold together in rule "A": no value of proc.name satisfies both\neach alone can hold: {"proc.name": "a"} and {"proc.name": "b"}',
      ],
    ],
    [
      "three parts of which two suffice for nothing",
      "evt.type = connect and fd.sport > 5 and fd.sport != 6 and fd.sport < 7",
      [
        'NEVER_TRUE at fd.sport < 7\n"fd.sport > 5" and "fd.sport != 6" and "fd.sport < 7" never hold together in rule "A": no value of fd.sport satisfies all\neach alone can hold: {"fd.sport": 6} and {"fd.sport": 0} and {"fd.sport": 0}',
      ],
    ],
    [
      "what one part denies of the other",
      "evt.type = openat and (proc.name = a or user.name = b) and not proc.name = a and not user.name = b",
      [
        'NEVER_TRUE at not user.name = b\n"proc.name = a or user.name = b" and "not proc.name = a" and "not user.name = b" never hold together in rule "A": one denies the other\neach alone can hold: {"proc.name": "a"} and {"proc.name": null} and {"user.name": null}',
      ],
    ],
    [
      "alternatives that cover everything",
      "evt.type = connect and (fd.sport <= 1024 or fd.sport > 1000)",
      [
        'ALWAYS_TRUE at fd.sport <= 1024 or fd.sport > 1000\n"fd.sport <= 1024" or "fd.sport > 1000" in rule "A" holds for every value of fd.sport\nit holds even where one of them fails: {"fd.sport": 1025} and {"fd.sport": 0}',
      ],
    ],
    [
      "alternatives that cover missing values, too",
      "evt.type = openat and (not proc.name = a or not proc.name = b)",
      [
        'ALWAYS_TRUE at not proc.name = a or not proc.name = b\n"not proc.name = a" or "not proc.name = b" in rule "A" always holds\nit holds even where one of them fails: {"proc.name": "a"} and {"proc.name": "b"}',
      ],
    ],
    [
      "a check that every value passes",
      "evt.type = connect and fd.sport >= 0",
      [
        'ALWAYS_TRUE at fd.sport >= 0\n"fd.sport >= 0" in rule "A" holds for every value of fd.sport\nto ask whether there is a value, write "fd.sport exists"; it holds on {"fd.sport": 0}',
      ],
    ],
    [
      "a check that no value passes",
      "evt.type = connect and fd.sport < 0",
      [
        'IMPOSSIBLE_COMPARISON at fd.sport < 0\n"fd.sport < 0" in rule "A" is never true: fd.sport has the type PORT, none of whose values satisfies it\nit does not hold even on {"fd.sport": 0}',
      ],
    ],
    [
      "a check that the engine does not know",
      "evt.type = execve and proc.name = a and proc.apid in (1, 2)",
      [
        'IMPOSSIBLE_COMPARISON at proc.apid in (1, 2)\n"proc.apid in (1, 2)" in rule "A" is never true: the engine compares proc.apid in a way of its own, which does not support "in"\ncompare with one value at a time, as in "(proc.apid = A or proc.apid = B)"; it does not hold even on {"proc.apid": 1}',
      ],
    ],
    ["places to fill in", "evt.type = openat and evt.num = 0 and not proc.name in ()", []],
    [
      "candidates of which several may be asked for",
      "evt.type = execve and proc.aname = a and proc.aname = b",
      [],
    ],
    ["a missing value", "evt.type = openat and not proc.name = a and not proc.name exists", []],
    ["a value of another field", "evt.type = openat and proc.name = val(proc.pname) and proc.name != a", []],
  ])("%s", (_title, condition, expected) => {
    expect(findings(condition)).toEqual(expected);
  });

  it("an event has a type, also where the conditions ask for none", () => {
    const second = `${HEAD.replace("A", "B")}not evt.type in (open, close, read)\n`;
    const found = findings("not evt.type in (open, close)", second);
    expect(found.filter((one) => one.startsWith("SHADOWED_RULE"))).toEqual([
      'SHADOWED_RULE at B\nrule "B" never raises an alert: rule "A" comes first and matches all its events\nput it before that rule, or narrow that one; both match {"evt.type": "openat"}',
    ]);
  });

  it("a macro that others fill in is no contradiction", () => {
    const macro = "- macro: allowed\n  condition: (container.id exists)\n";
    expect(findings("evt.type = execve and container.id != host and not allowed", macro)).toEqual([]);
  });

  it("single values of an exception", () => {
    const exceptions = "  exceptions:\n    - {name: e, fields: proc.name, values: [a, x, b]}\n";
    expect(findings("evt.type = openat and proc.name in (a, b, c)", exceptions)).toEqual([
      'EXCEPTION_HIDES_NOTHING at x\nthis value of exception "e" of rule "A" hides nothing: no value of proc.name satisfies it and the condition\nit is about events such as {"proc.name": "x"}, which the condition does not match',
    ]);
  });

  it("nothing is claimed without a way to run events, or where a file does not load", () => {
    const text = `${HEAD}evt.type = openat and proc.name = a and proc.name = b\n`;
    expect(lint(compile([{ path: "rules.yaml", text }]))).toEqual([]);
    const broken = compile([{ path: "rules.yaml", text: `${text}- macro: m\n  condition: (\n` }]);
    expect(lint(broken, { run: runEvent }).map(({ code }) => code)).toEqual(["LOAD_ERR_COMPILE_CONDITION"]);
  });

  it("nothing is claimed that a run does not confirm", () => {
    const text = `${HEAD}evt.type = openat and proc.name = a and proc.name = b\n`;
    expect(lint(compile([{ path: "rules.yaml", text }]), { run: () => [] })).toEqual([]);
    expect(lint(compile([{ path: "rules.yaml", text }]), { run: () => null })).toEqual([]);
  });
});
