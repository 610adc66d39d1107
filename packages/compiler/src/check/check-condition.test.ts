// SPDX-License-Identifier: Apache-2.0
import { encodeText, parseCondition } from "@falcoc/parser";
import { describe, expect, it } from "vitest";
import { createCatalog } from "../catalog/create-catalog.ts";
import { type CheckedCondition, checkCondition } from "./check-condition.ts";

const catalog = createCatalog();

function check(text: string): CheckedCondition {
  const parsed = parseCondition(encodeText(text));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return checkCondition(parsed.condition, { catalog, source: "syscall" });
}

function errors(text: string): string[] {
  const checked = check(text);
  return checked.ok ? [] : checked.errors.map(({ start, kind, message }) => `${start} ${kind}: ${message}`);
}

describe("errors", () => {
  it.each([
    ["proc.nam = cat", "0 unknown-field: filter_check called with nonexistent field proc.nam"],
    ["not nope.a[x] exists", "4 unknown-field: filter_check called with nonexistent field nope.a[x]"],
    ["evt.arg.zz = 1", "0 bad-field: unknown event argument zz"],
    ["evt.type = nope", "0 unknown-event-type: unknown event type nope"],
    ["evt.type startswith ope", "0 unknown-event-type: unknown event type ope"],
    ["evt.type in (open, nope)", "0 unknown-event-type: unknown event type nope"],
    ["a_macro", "0 unexpected-identifier: filter error: unexpected identifier 'a_macro'"],
    [
      "proc.pid contains 1",
      "0 wrong-operator: filter error: 'contains' operator not supported for numeric filters",
    ],
    ["evt.failed < 1", "0 wrong-operator: filter error: '<' operator not supported for numeric filters"],
    ["fd.types == x", "0 wrong-operator: filter error: '=' operator not supported list filters"],
    ["evt.rawarg.euid = 0", "0 wrong-operator: filter error: '=' operator not supported for type 'UID'"],
    [
      "fd.ip glob anyof (x)",
      "0 wrong-operator: filter error: 'glob' with modifier not supported for ip address and network filters",
    ],
    ["proc.pid = 0x1", "0 bad-literal: 0x1 is not a valid number"],
    ["proc.pid = '1 '", "0 bad-literal: 1  is not a valid number"],
    ["proc.name = é\\x", null],
    ['proc.name = "\\x00"', "0 bad-literal: filter error: filter value cannot contain a NUL byte (\\x00)"],
    ["evt.failed = True", "0 bad-literal: filter error: unrecognized boolean value True"],
    ["fd.sport = nosuchservice", "0 bad-literal: unrecognized protocol nosuchservice"],
    ["fd.sport = 99999999999", "0 bad-literal: port number 99999999999 is out of range"],
    ["fd.sip = 010.0.0.1", "0 bad-literal: unrecognized IPv4 address 010.0.0.1"],
    ["fd.sip = 1::2::3", "0 bad-literal: unrecognized IPv6 address 1::2::3"],
    ["fd.snet = '::1'", "0 bad-literal: invalid v6 netmask: ::1"],
    ["fd.snet = x.0.0.0/8", "0 bad-literal: unrecognized IP address x.0.0.0/8"],
    ["fd.snet = 10.0.0.0/264", null],
    [
      "evt.buffer bcontains 656",
      "0 bad-literal: filter error: bcontains and bstartswith operator support hex strings only",
    ],
    ["evt.rawarg.args startswith x", "0 bad-literal: wrong parameter type 10"],
    ["proc.name regex '(?i)x'", "0 bad-regex: invalid regex pattern: no argument for repetition operator: ?"],
    [
      "proc.name regex val(proc.exe)",
      "0 wrong-right-side: operator 'REGEX' doesn't support right-hand side fields",
    ],
    [
      "proc.aname = val(proc.name)",
      "0 wrong-right-side: field 'proc.aname' doesn't support right-hand side fields",
    ],
    [
      "proc.name = val(proc.aname[2])",
      "0 wrong-right-side: field 'proc.aname' can't be used as a right-hand side field",
    ],
    ["fd.snet = val(fd.snet)", "0 wrong-right-side: field 'fd.snet' doesn't support right-hand side fields"],
    [
      "proc.name = val(proc.pid)",
      "0 wrong-right-side: field 'proc.name' has type 'CHARBUF' while the right-hand side field 'proc.pid' has incompatible type 'INT64'",
    ],
    ["toupper(proc.aname[1]) = X", "0 wrong-transformer: field 'proc.aname' does not support transformers"],
    [
      "toupper(proc.pid) = 3",
      "0 wrong-transformer: can't add field transformer: type 'INT64' is not supported by 'toupper' transformer applied on field 'proc.pid'",
    ],
    [
      "tolower(len(fd.types)) = 3",
      "0 wrong-transformer: can't add field transformer: type 'UINT64' is not supported by 'tolower' transformer applied on field 'fd.types'",
    ],
    [
      "tolower(proc.name, fd.name) = x",
      "0 wrong-transformer: transformer 'tolower' takes exactly one argument",
    ],
    ["join(proc.name) = x", "0 wrong-transformer: unknown field transfomer 'join'"],
    ["concat(proc.pid, proc.name) = x", "0 wrong-transformer: concat() arguments must be strings"],
    [
      "evt.around[1404996934793590564] != 5",
      "0 wrong-operator: filter error: '!=' operator not supported for evt.around, which takes only '='",
    ],
  ])("%s", (text, error) => {
    expect(errors(text)).toEqual(error === null ? [] : [error]);
  });

  it("come one for each check, the engine's first", () => {
    expect(errors("proc.pid = x and (nope.a = 1 or not proc.pid contains 1) and proc.pid = 1")).toEqual([
      "0 bad-literal: x is not a valid number",
      "18 unknown-field: filter_check called with nonexistent field nope.a",
      "36 wrong-operator: filter error: 'contains' operator not supported for numeric filters",
    ]);
  });

  it("name what could be meant otherwise", () => {
    const checked = check("evt.type = opn or proc.nam exists");
    expect(checked.ok ? [] : checked.errors.map(({ name }) => name)).toEqual(["opn", "proc.nam"]);
  });
});

describe("warnings", () => {
  it("point at the right side, one for each literal", () => {
    const { warnings } = check("proc.name in ('fd.name', x, 'len( fd.name )') or proc.exe regex 'plain'");
    expect(warnings.map(({ start, kind }) => `${start} ${kind}`)).toEqual([
      "13 field-as-text",
      "13 transformer-as-text",
      "64 regex-needs-none",
    ]);
  });
});

describe("what the engine does in its own way", () => {
  const kind = (text: string): string => {
    const checked = check(text);
    return checked.ok ? checked.expr.kind : checked.error.message;
  };

  it.each([
    ["fd.ip in (10.0.0.1)", "never"],
    ["fd.ip intersects (10.0.0.1)", "never"],
    ["fd.ip = 10.0.0.1", "check"],
    ["fd.net intersects (10.0.0.0/8)", "never"],
    ["fd.port intersects (80)", "never"],
    ["fd.port in (80)", "check"],
    ["proc.apid in (1)", "never"],
    ["proc.apid[1] in (1)", "check"],
    ["proc.aname in (x)", "check"],
    ["evt.rawarg.fd in (1)", "never"],
    ["evt.rawarg.name in (x)", "check"],
    ["fd.snet = anyof (10.0.0.0/8)", "never"],
    ["fd.snet != allof (10.0.0.0/8)", "exists"],
    ["fd.snet = oneof (10.0.0.0/8)", "check"],
    ["proc.name in tolower(proc.exe)", "never"],
    ["proc.name = tolower(proc.exe)", "check"],
    ["evt.around[1404996934793590564] = 500", "and"],
    ["evt.around[1404996934793590564] = anyof ()", "never"],
  ])("%s: %s", (text, expected) => {
    expect(kind(text)).toBe(expected);
  });

  it("fields that compare themselves see the first listed value only", () => {
    const checked = check("proc.aname = anyof (zzz, bash) and fd.net in (10.0.0.0/8, 127.0.0.0/8)");
    const [names, networks] = checked.ok && checked.expr.kind === "and" ? checked.expr.children : [];
    expect(names).toMatchObject({ modifier: null, right: { values: ["zzz"] } });
    expect(networks).toMatchObject({
      operator: "in",
      right: { values: [{ address: "\x0a\0\0\0", prefix: 8 }] },
    });
  });

  it("transformed texts of a list equal none that were written", () => {
    expect(check("tolower(fd.types) in (file)")).toMatchObject({ expr: { right: { values: [] } } });
  });
});
