// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { type CatalogOptions, createCatalog } from "./create-catalog.ts";

const ALL: CatalogOptions = { plugins: "all", staticFields: ["site"] };

function check(text: string, source: string, options: CatalogOptions = ALL): string {
  const answer = createCatalog(options).resolve(text, source);
  if (!answer.ok) return answer.message;
  const { definition, argument, type, isList, comparison } = answer.field;
  const shown = argument === null ? "" : `[${argument}]`;
  return `${definition.name}${shown} ${type}${isList ? "*" : ""} ${definition.print} ${comparison}`;
}

it.each([
  ["evt.num", "evt.num UINT64 ID value"],
  ["evt.args", "evt.args CHARBUF NA value"],
  ["evt.arg.flags", "evt.arg[flags] CHARBUF NA value"],
  ["evt.arg[3]", "evt.arg[3] CHARBUF NA value"],
  ["evt.arg[-1]", "evt.arg[-1] CHARBUF NA value"],
  ["evt.rawarg.fd", "evt.rawarg[fd] FD DEC value"],
  ["evt.rawarg.mode", "evt.rawarg[mode] UINT32 OCT value"],
  ["evt.type.is.open", "evt.type.is[open] UINT32 NA value"],
  ["evt.type.is.307", "evt.type.is[307] UINT32 NA value"],
  ["evt.abspath", "evt.abspath CHARBUF NA value"],
  ["evt.abspath.dst", "evt.abspath[dst] CHARBUF NA value"],
  ["evt.around[1404996934793590564]", "evt.around[1404996934793590564] UINT64 DEC around"],
  ["proc.aname", "proc.aname CHARBUF NA ancestors"],
  ["proc.aname[0]", "proc.aname[0] CHARBUF NA value"],
  ["proc.aname[-1]", "proc.aname[-1] CHARBUF NA ancestors"],
  ["proc.apid[2]", "proc.apid[2] INT64 ID value"],
  ["proc.args[1]", "proc.args[1] CHARBUF NA value"],
  ["proc.env[PATH]", "proc.env[PATH] CHARBUF NA value"],
  ["proc.env[a b]", "proc.env[a b] CHARBUF NA value"],
  ["proc.aenv", "proc.aenv CHARBUF NA ancestors"],
  ["proc.aenv[2]", "proc.aenv[2] CHARBUF NA ancestors"],
  ["proc.aenv[PATH]", "proc.aenv[PATH] CHARBUF NA value"],
  ["thread.cgroup.cpuset", "thread.cgroup[cpuset] CHARBUF NA value"],
  ["thread.cgroups", "thread.cgroups CHARBUF NA value"],
  ["fd.ip", "fd.ip IPADDR NA endpoints"],
  ["fd.types", "fd.types CHARBUF* DEC value"],
  ["fd.types[1]", "fd.types[1] CHARBUF* DEC value"],
  ["container.id", "container.id CHARBUF NA value"],
  ["container.mount[/etc]", "container.mount[/etc] CHARBUF NA value"],
  ["container.mount.dest[0]", "container.mount.dest[0] CHARBUF NA value"],
  ["container.duration", "container.duration RELTIME DEC value"],
  ["static.site", "static.site CHARBUF NA value"],
  ["json.value[/a]", "json.value[/a] CHARBUF NA value"],
])("finds %s among the fields of kernel events", (text, expected) => {
  expect(check(text, "syscall")).toBe(expected);
});

it.each([
  ["proc.nam", "filter_check called with nonexistent field proc.nam"],
  ["proc.namex", "filter_check called with nonexistent field proc.namex"],
  ["proc.name[1]", "filter_check called with nonexistent field proc.name[1]"],
  ["proc.aname[x]", "filter_check called with nonexistent field proc.aname[x]"],
  ["proc.aname[]", "filter_check called with nonexistent field proc.aname[]"],
  ["proc.env[a]b]", "filter_check called with nonexistent field proc.env[a]b]"],
  ["nosuch.field", "filter_check called with nonexistent field nosuch.field"],
  ["nosuch", "filter_check called with nonexistent field nosuch"],
  ["ka.verb", "filter_check called with nonexistent field ka.verb"],
  ["evt.argsx", "filter_check called with nonexistent field evt.argsx"],
  ["evt.arg", "filter syntax error: evt.arg"],
  ["evt.argument", "filter syntax error: evt.argument"],
  ["evt.arg.zz", "unknown event argument zz"],
  ["evt.arg.fdx", "filter_check called with nonexistent field evt.arg.fdx"],
  ["evt.arg[x]", "x is not a valid number"],
  ["evt.rawarg[0]", "evt.arg fields must be expressed explicitly"],
  ["evt.rawarg.zz", "unknown event argument zz"],
  ["evt.around", "filter syntax error: evt.around"],
  ["evt.around.x", "wrong syntax for evt.around"],
  ["evt.around[x]", "x is not a valid number"],
  ["evt.type.is", "filter syntax error: evt.type.is"],
  ["evt.type.is.nosuch", "filter_check called with nonexistent field evt.type.is.nosuch"],
  ["evt.abspath.mid", "filter_check called with nonexistent field evt.abspath.mid"],
  ["thread.cgroup", "filter syntax error: thread.cgroup"],
  ["thread.cgroup.cpu2", "filter_check called with nonexistent field thread.cgroup.cpu2"],
  ["fd.types[x]", "x is not a valid number"],
  ["arg.x", "filter error: proc.arg filter not implemented yet"],
  ["container.mount", "filter 'container.mount': container.mount requires an argument but none provided"],
  ["container.label.x", "filter 'container.label.x': container.label requires an argument but none provided"],
  [
    "container.id[1]",
    "filter 'container.id[1]': container.id does not allow nor require an argument but one is provided: 1",
  ],
  ["container.label[a b]", "filter 'container.label[a b]': container.label has unbalanced argument brackets"],
  ["container.idx[1]", "filter_check called with nonexistent field container.idx[1]"],
  [
    "anomaly.count_min_sketch[x]",
    "filter anomaly.count_min_sketch[x] anomaly.count_min_sketch has an invalid index argument not composed only by digits: x",
  ],
  [
    "anomaly.count_min_sketch[01]",
    "filter anomaly.count_min_sketch[01] anomaly.count_min_sketch has an invalid index argument starting with 0: 01",
  ],
])("refuses %s as the engine words it", (text, expected) => {
  expect(check(text, "syscall")).toBe(expected);
});

it("gives other sources the generic fields, the static ones and those of their plugins", () => {
  expect(check("evt.num", "k8s_audit")).toBe("evt.num UINT64 ID value");
  expect(check("static.site", "k8s_audit")).toBe("static.site CHARBUF NA value");
  expect(check("ka.user.groups", "k8s_audit")).toBe("ka.user.groups CHARBUF* NA value");
  expect(check("ka.req.pod.containers.image[0]", "k8s_audit")).toBe(
    "ka.req.pod.containers.image[0] CHARBUF* NA value",
  );
  expect(check("jevt.value[/a b]", "k8s_audit")).toContain("unbalanced argument brackets");
  expect(check("proc.name", "k8s_audit")).toBe("filter_check called with nonexistent field proc.name");
  expect(check("dummy.divisible[3]", "dummy")).toBe("dummy.divisible[3] UINT64 DEC value");
});

it("knows only what is loaded", () => {
  expect(createCatalog().sources).toEqual(["syscall"]);
  expect(createCatalog().asyncEvents).toEqual(["container", "container_removed"]);
  expect(createCatalog({ plugins: ["k8saudit", "json", "nosuch"] }).sources).toEqual([
    "syscall",
    "k8s_audit",
  ]);
  expect(check("container.id", "syscall", { plugins: [] })).toContain("nonexistent field");
  expect(check("json.value[/a]", "syscall", { plugins: ["container"] })).toContain("nonexistent field");
  expect(check("static.site", "syscall", {})).toContain("nonexistent field");
});

it("leaves out what a target lacks", () => {
  expect(check("static.site", "syscall", { staticFields: ["site"], target: "0.42" })).toContain(
    "static.site",
  );
  expect(createCatalog({ target: "0.42" }).fields(null)).toEqual(createCatalog().fields(null));
});

it("lists the fields of a source", () => {
  const catalog = createCatalog(ALL);
  const names = (source: string | null) => catalog.fields(source).map(({ name }) => name);
  expect(names("k8s_audit")).toContain("ka.verb");
  expect(names("k8s_audit")).not.toContain("proc.name");
  expect(names("syscall")).not.toContain("ka.verb");
  expect(names(null)).toEqual(expect.arrayContaining(["ka.verb", "proc.name", "static.site"]));
});
