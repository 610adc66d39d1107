// SPDX-License-Identifier: Apache-2.0
import { createCatalog, EVENTS } from "@falcoc/compiler/catalog";
import { decodeText, type FieldUse } from "@falcoc/compiler/program";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/json-node.ts";
import { addressText } from "../output/address-text.ts";
import { DERIVATIONS } from "./derivations.ts";
import { flatEvent } from "./flat-event.ts";

const CATALOG = createCatalog({ plugins: "all", staticFields: ["env"] });

type FlatRecord = Readonly<Record<string, JsonValue>>;

function made(record: FlatRecord) {
  const result = flatEvent(record);
  if (!result.ok) throw new Error(result.problems.join("; "));
  return result.event;
}

/** Value of a field as a rule (or, with `output`, as an output) reads it; addresses as text. */
function value(record: FlatRecord, text: string, output = false): unknown {
  const event = made(record);
  const lookup = CATALOG.resolve(text, event.source);
  if (!lookup.ok) throw new Error(lookup.message);
  const { definition, ...rest } = lookup.field;
  const comparison = output ? "value" : rest.comparison;
  const use: FieldUse = { ...definition, ...rest, comparison };
  const read = event.binder.bind(use)(event);
  const shown = (one: unknown) =>
    typeof one === "string" ? (/IP/.test(use.type) ? addressText(one) : decodeText(one)) : one;
  return Array.isArray(read) ? read.map(shown) : shown(read);
}

describe("flatEvent", () => {
  it.each<[FlatRecord, string]>([
    [{ "proc.nam": "x" }, '"proc.nam" is not a field of syscall events; did you mean "proc.name"?'],
    [{ "proc.aname[x]": "x" }, '"proc.aname[x]" is not a field of syscall events'],
    [{ "ka.verb": "get", "proc.name": "x" }, '"proc.name" is not a field of k8s_audit events'],
    [{ "proc.name": 5 }, '"proc.name" takes a text, not 5'],
    [{ "proc.name": ["a"] }, '"proc.name" takes a text, not an array'],
    [
      { "proc.pid": "5" },
      '"proc.pid" takes an integer from -9223372036854775808 to 9223372036854775807, not "5"',
    ],
    [{ "fd.sport": 65536 }, '"fd.sport" takes an integer from 0 to 65535, not 65536'],
    [{ "user.uid": -1 }, '"user.uid" takes an integer from 0 to 4294967295, not -1'],
    [{ "evt.failed": 1 }, '"evt.failed" takes true or false, not 1'],
    [{ "proc.fdusage": "x" }, '"proc.fdusage" takes a number, not "x"'],
    [
      { "fd.sip": "localhost" },
      '"fd.sip" takes the text of an address, such as "10.0.0.1" or "::1", not "localhost"',
    ],
    [
      { "fd.ip": [1] },
      '"fd.ip" takes the text of an address, such as "10.0.0.1" or "::1", or an array of texts of addresses, not an array',
    ],
    [{ "ka.user.groups": "x" }, '"ka.user.groups" takes an array of texts, not "x"'],
    [{ "ka.user.groups": ["x", 1] }, '"ka.user.groups" takes an array of texts, not an array'],
    [{ "evt.type": "opne" }, '"opne" is not a type of event; did you mean "open"?'],
    [{ "proc.name": { x: 1 } }, '"proc.name" takes a text, not an object'],
  ])("refuses %j", (record, problem) => {
    expect(flatEvent(record)).toEqual({ ok: false, problems: [expect.stringContaining(problem)] });
  });

  it("reports every problem", () => {
    const result = flatEvent({ "a.b": 1, "proc.name": 1, "proc.pid": 1 });
    expect(result.ok ? 0 : result.problems.length).toBe(2);
  });

  it.each<[FlatRecord, string, unknown]>([
    [{ "proc.name": "é" }, "proc.name", "é"],
    [{ "proc.name": "a\0b" }, "proc.name", "a"],
    [{ "proc.name": null }, "proc.name", null],
    [{ "proc.pid": 2 ** 40 }, "proc.pid", 2 ** 40],
    [{ "proc.exe_ino": 2n ** 62n }, "proc.exe_ino", 2n ** 62n],
    [{ "fd.sip": "10.0.0.1" }, "fd.sip", "10.0.0.1"],
    [{ "fd.ip": "10.0.0.1" }, "fd.ip", ["10.0.0.1"]],
    [{ "proc.aname": ["a", "b"] }, "proc.aname", ["a", "b"]],
    [{ "ka.user.groups": ["a", "b"] }, "ka.user.groups", ["a", "b"]],
    [{ "json.value[/x]": "y", "evt.source": "k8s_audit" }, "json.value[/x]", "y"],
    [{ "static.env": "prod" }, "static.env", "prod"],
    [{ "evt.arg.flags": "O_RDONLY" }, "evt.arg.flags", "O_RDONLY"],
    [{ "evt.num": 5 }, "evt.num", 5],
    [{ "evt.num": null }, "evt.num", null],
    [{}, "evt.num", 1],
    [{ "evt.rawtime": 1_523_545_100_092_352_143n }, "evt.time", "14:58:20.092352143"],
    [{ "evt.time.iso8601": "2018-04-12T14:58:20Z" }, "evt.rawtime.s", 1_523_545_100],
  ])("%o has %s: %o", (record, field, expected) => {
    expect(value(record, field)).toEqual(expected);
  });

  it("never throws, whatever it is given", () => {
    const keys = fc.constantFrom(
      ...CATALOG.fields(null).map(({ name }) => name),
      "x",
      "evt.arg.flags",
      "__proto__",
    );
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue() as fc.Arbitrary<JsonValue>), (record) => {
        const result = flatEvent(record);
        if (!result.ok) return;
        for (const { name } of CATALOG.fields("syscall"))
          if (CATALOG.resolve(name, result.event.source).ok) value(record, name);
      }),
      { numRuns: 50 },
    );
  });

  it("takes the code of the current end event", () => {
    expect(EVENTS[made({ "evt.type": "openat" }).code]).toMatchObject({ id: "SYSCALL_OPENAT_2_X" });
    expect(EVENTS[made({ "evt.type": "openat", "evt.dir": ">" }).code]).toMatchObject({ direction: "enter" });
    expect(EVENTS[made({ "evt.type": "getrandom" }).code]).toMatchObject({ id: "GENERIC_X" });
    expect(made({ "proc.name": "x" }).code).toBe(-1);
    expect(made({ "ka.verb": "get" }).code).toBe(322);
  });
});

describe("derivations", () => {
  it.each<[string, unknown, FlatRecord]>([
    ["evt.dir", "<", { "evt.type": "openat" }],
    ["evt.dir", ">", { "evt.type": "openat", "evt.dir": ">" }],
    ["evt.dir", null, {}],
    ["syscall.type", "openat", { "evt.type": "openat" }],
    ["syscall.type", null, { "evt.type": "container" }],
    ["evt.category", "file", { "evt.type": "openat" }],
    ["evt.category", "net", { "evt.type": "read", "fd.type": "ipv4" }],
    ["evt.category", "unknown", { "evt.type": "read" }],
    ["evt.failed", true, { "evt.rawres": -2 }],
    ["evt.failed", false, { "evt.res": "SUCCESS" }],
    ["evt.failed", null, { "evt.type": "open" }],
    ["evt.res", "ENOENT", { "evt.rawres": -2 }],
    ["evt.res", "SUCCESS", { "evt.rawres": 3 }],
    ["evt.res", "SUCCESS", { "evt.failed": false }],
    ["evt.count.error", 1, { "evt.res": "EPERM" }],
    ["evt.is_io_read", true, { "evt.type": "read" }],
    ["evt.is_io_write", false, { "evt.type": "read" }],
    ["evt.io_dir", "write", { "evt.type": "write" }],
    ["evt.is_open_read", true, { "evt.type": "openat", "evt.arg.flags": "O_RDWR|O_CLOEXEC" }],
    ["evt.is_open_write", false, { "evt.type": "openat", "evt.arg.flags": "O_RDONLY" }],
    ["evt.is_open_write", true, { "evt.type": "openat", "evt.rawarg.flags": 3 }],
    ["evt.is_open_write", null, { "evt.type": "openat" }],
    ["evt.is_open_write", false, { "evt.type": "execve" }],
    ["evt.is_open_create", true, { "evt.type": "open", "evt.arg.flags": "O_WRONLY|O_F_CREATED" }],
    ["evt.is_open_exec", true, { "evt.type": "open", "evt.arg.flags": "O_CREAT", "evt.arg.mode": "0755" }],
    ["evt.is_open_exec", false, { "evt.type": "open", "evt.arg.flags": "O_CREAT", "evt.arg.mode": "0644" }],
    ["evt.is_open_exec", true, { "evt.type": "creat", "evt.arg.mode": "S_IXUSR" }],
    ["evt.arg.flags", "O_WRONLY|O_CLOEXEC", { "evt.type": "openat", "evt.rawarg.flags": 4098 }],
    ["evt.rawarg.flags", 4098, { "evt.type": "openat", "evt.arg.flags": "O_WRONLY|O_CLOEXEC" }],
    ["evt.rawarg.mode", 0o755, { "evt.type": "openat", "evt.arg.mode": "0755" }],
    ["evt.rawarg.name", "/x", { "evt.type": "openat", "evt.arg.name": "/x" }],
    ["evt.arg[2]", "/x", { "evt.type": "openat", "evt.arg.name": "/x" }],
    ["evt.arg.name", "/x", { "evt.type": "openat", "fd.name": "/x" }],
    ["evt.arg.name", null, { "evt.type": "close", "fd.name": "/x" }],
    ["fs.path.name", "/x", { "evt.type": "openat", "fd.name": "/x" }],
    ["fs.path.name", null, { "evt.type": "unlink", "evt.arg.path": "/x", "evt.res": "ENOENT" }],
    ["fs.path.source", "/new", { "evt.type": "link", "evt.arg.oldpath": "/old", "evt.arg.newpath": "/new" }],
    [
      "fs.path.target",
      "/new",
      { "evt.type": "rename", "evt.arg.oldpath": "/old", "evt.arg.newpath": "/new" },
    ],
    ["fd.directory", "/etc", { "fd.name": "/etc/shadow" }],
    ["fd.directory", "/", { "fd.name": "/x" }],
    ["fd.directory", "/etc/x", { "fd.name": "/etc/x", "fd.type": "directory" }],
    ["fd.directory", null, { "fd.name": "1.2.3.4:5->6.7.8.9:10" }],
    ["fd.directory", "/given", { "fd.name": "/etc/shadow", "fd.directory": "/given" }],
    ["fd.directory", null, { "fd.name": "/etc/shadow", "fd.directory": null }],
    ["fd.filename", "shadow", { "fd.name": "/etc/shadow" }],
    ["fd.filename", null, { "fd.name": "/etc", "fd.typechar": "d" }],
    ["fd.nameraw", "/etc/shadow", { "fd.name": "/etc/shadow" }],
    ["fd.typechar", "f", { "fd.name": "/etc/shadow" }],
    ["fd.typechar", "4", { "fd.type": "ipv4" }],
    ["fd.type", "ipv6", { "fd.sip": "::1" }],
    ["fd.num", 3, { "evt.type": "openat", "fd.name": "/x" }],
    ["fd.num", 7, { "evt.type": "openat", "fd.name": "/x", "evt.rawres": 7 }],
    ["fd.num", -1, { "evt.type": "openat", "fd.name": "/x", "evt.res": "EPERM" }],
    ["fd.num", null, { "evt.type": "openat" }],
    ["fd.num", null, { "evt.type": "execve", "fd.name": "/x" }],
    ["fd.sockfamily", "ip", { "fd.cip": "10.0.0.1" }],
    ["fd.cip", "1.2.3.4", { "fd.name": "1.2.3.4:5->6.7.8.9:10" }],
    ["fd.sport", 10, { "fd.name": "::1:5->::2:10" }],
    ["fd.name", "1.2.3.4:5->::1:10", { "fd.cip": "1.2.3.4", "fd.cport": 5, "fd.sip": "::1", "fd.sport": 10 }],
    ["fd.lip", "1.2.3.4", { "evt.type": "connect", "fd.name": "1.2.3.4:5->6.7.8.9:10" }],
    ["fd.rport", 5, { "evt.type": "accept4", "fd.name": "1.2.3.4:5->6.7.8.9:10" }],
    ["fd.rip", null, { "evt.type": "read", "fd.name": "1.2.3.4:5->6.7.8.9:10" }],
    ["fd.ip", ["1.2.3.4", "6.7.8.9"], { "fd.name": "1.2.3.4:5->6.7.8.9:10" }],
    ["fd.port", [5, 10], { "fd.name": "1.2.3.4:5->6.7.8.9:10" }],
    ["fd.net", ["10.0.0.1"], { "fd.sip": "10.0.0.1" }],
    ["fd.ip", [], { "fd.name": "/x" }],
    ["fd.ip", null, {}],
    ["fd.snet", "10.0.0.1", { "fd.sip": "10.0.0.1" }],
    ["fd.sproto", "443", { "fd.sport": 443 }],
    ["proc.cmdline", "cat /x", { "proc.name": "cat", "proc.args": "/x" }],
    ["proc.cmdline", "cat", { "proc.name": "cat", "proc.args": "" }],
    ["proc.args", "/x y", { "proc.name": "cat", "proc.cmdline": "cat /x y" }],
    ["proc.exeline", "/bin/cat x", { "proc.exe": "/bin/cat", "proc.args": "x" }],
    ["proc.pname", "sh", { "proc.aname[1]": "sh" }],
    ["proc.aname[1]", "sh", { "proc.pname": "sh" }],
    ["proc.aname[0]", "cat", { "proc.name": "cat" }],
    ["proc.aname", ["sh", "sshd"], { "proc.pname": "sh", "proc.aname[2]": "sshd" }],
    ["proc.aname", null, { "proc.aname[2]": "sshd" }],
    ["proc.apid", [5], { "proc.ppid": 5 }],
    ["proc.pcmdline", "sh -c x", { "proc.acmdline[1]": "sh -c x" }],
    ["thread.tid", 5, { "proc.pid": 5 }],
    ["thread.ismain", false, { "proc.pid": 5, "thread.tid": 6 }],
    ["user.name", "root", { "user.uid": 0 }],
    ["user.uid", 0, { "user.name": "root" }],
    ["user.name", null, { "user.uid": 1000 }],
    ["user.loginname", "root", { "user.loginuid": 0 }],
    ["container.name", "host", { "container.id": "host" }],
    [
      "container.image",
      "r:5000/a/b:1",
      { "container.image.repository": "r:5000/a/b", "container.image.tag": "1" },
    ],
    ["container.image.repository", "r:5000/a/b", { "container.image": "r:5000/a/b:1@sha256:00" }],
    ["container.image.tag", "1", { "container.image": "r:5000/a/b:1@sha256:00" }],
    ["container.image.tag", null, { "container.image": "r:5000/a/b" }],
  ])("%s is %o with %o", (field, expected, record) => {
    expect(value(record, field)).toEqual(expected);
  });

  it("show ancestors in a row in outputs, and the id of the process itself", () => {
    const record = { "proc.pname": "sh", "proc.aname[2]": "sshd", "proc.ppid": 5, "proc.pid": 6 };
    expect(value(record, "proc.aname", true)).toBe("sh sshd");
    expect(value(record, "proc.apid", true)).toBe(6);
  });

  it("give the same whichever field is asked for first", () => {
    const event = made({ "fd.name": "/x" });
    const fields = ["fd.type", "fd.typechar", "fd.type"].map((text) => {
      const lookup = CATALOG.resolve(text, "syscall");
      if (!lookup.ok) throw new Error(lookup.message);
      const { definition, ...rest } = lookup.field;
      return event.binder.bind({ ...definition, ...rest })(event);
    });
    expect(fields).toEqual(["file", "f", "file"]);
  });

  it("are for fields that exist, one each, from fields that exist", () => {
    const names = CATALOG.fields("syscall").map(({ name }) => name);
    const fields = DERIVATIONS.map(({ field }) => field);
    expect(fields.filter((field) => !names.includes(field))).toEqual([]);
    expect(new Set(fields).size).toBe(fields.length);
    const origins = DERIVATIONS.flatMap(({ from }) => from).map((from) => from.replace(/\[.*$/, ""));
    const known = (from: string) => names.some((name) => from === name || from.startsWith(`${name}.`));
    expect(origins.filter((from) => !known(from))).toEqual([]);
  });
});
