// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { UserTable } from "./user-table.ts";

const JOE = { kind: "user", uid: 1000, gid: 100, name: "joe", home: "/home/joe", shell: "/bin/sh" } as const;

it("keeps users and groups of each container apart", () => {
  const table = new UserTable();
  table.add("", JOE);
  table.add("c1", { ...JOE, name: "app" });
  table.add("c1", { kind: "group", gid: 100, name: "staff" });
  expect(table.user("", 1000)?.name).toBe("joe");
  expect(table.user("c1", 1000)?.name).toBe("app");
  expect(table.user("c2", 1000)).toBeNull();
  expect(table.group("", 100)).toBeNull();
  expect(table.group("c1", 100)?.name).toBe("staff");
});

it("knows the superuser without being told, but does not list it", () => {
  const table = new UserTable();
  expect(table.user("c1", 0)).toMatchObject({ name: "root", home: "/root", shell: "<NA>" });
  expect(table.group("c1", 0)?.name).toBe("root");
  expect(table.listedUser("c1", 0)).toBeNull();
});

it("forgets who was deleted, and ignores entries of name services", () => {
  const table = new UserTable();
  table.add("", JOE);
  table.add("", { ...JOE, uid: 7, name: "+nis" });
  table.removeUser("", 1000);
  expect(table.user("", 1000)).toBeNull();
  expect(table.user("", 7)).toBeNull();
});

it("counts whom it has no room for", () => {
  const table = new UserTable();
  for (let uid = 0; uid < 262_146; uid++) table.add("", { ...JOE, uid });
  expect(table.dropped).toBe(2);
  expect(table.listedUser("", 262_143)).not.toBeNull();
  expect(table.listedUser("", 262_144)).toBeNull();
});
