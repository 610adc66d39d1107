// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { FD_TYPE } from "../capture/records.ts";
import { FdInfo } from "./fd-info.ts";
import { FDS_MAX, FdTable } from "./fd-table.ts";

const FDS = [3, 0, 1023, 1024, -7, 70_000, 2 ** 40, 5];

it("keeps descriptors of any number in the order in which they were opened", () => {
  const table = new FdTable();
  for (const fd of FDS) table.set(fd, named(`first ${fd}`));
  expect(table.entries().map(([fd]) => fd)).toEqual(FDS);
  table.set(1024, named("again"));
  expect(table.entries().map(([fd]) => fd)).toEqual(FDS);
  table.delete(0);
  table.delete(2 ** 40);
  table.delete(99);
  table.set(0, named("last"));
  const copy = new FdTable();
  copy.inherit(table);
  copy.set(2 ** 40, named("of the copy"));
  const kept = [3, 1023, 1024, -7, 70_000, 5, 0];
  expect(table.entries().map(([fd]) => fd)).toEqual(kept);
  expect(copy.entries().map(([fd]) => fd)).toEqual([...kept, 2 ** 40]);
  expect([table.size, copy.size]).toEqual([7, 8]);
  expect([table.get(2 ** 40), table.get(4)]).toEqual([null, null]);
  expect([copy.get(1024)?.name, copy.get(-7)?.name]).toEqual(["again", "first -7"]);
});

it("shares descriptors with the table that inherits them until one of both changes them", () => {
  const table = new FdTable();
  for (const fd of [3, 5000]) table.set(fd, named(`first ${fd}`));
  const heir = new FdTable();
  heir.inherit(table);
  for (const fd of [3, 5000]) {
    expect(heir.get(fd)).toBe(table.get(fd));
    const own = heir.own(fd);
    expect(own?.name).toBe(`first ${fd}`);
    if (own !== null) own.name = "changed";
    expect(heir.own(fd)).toBe(own);
    expect([heir.get(fd)?.name, table.get(fd)?.name]).toEqual(["changed", `first ${fd}`]);
  }
  expect(heir.entries().map(([fd]) => fd)).toEqual([3, 5000]);
  expect(heir.own(4)).toBe(null);
});

it("has room for a number of descriptors, whatever their numbers are", () => {
  const table = new FdTable();
  for (let i = 0; i < FDS_MAX; i++) expect(table.set(i * 3, named("x"))).toBe(true);
  expect([table.set(1, named("y")), table.set(FDS_MAX * 3, named("y"))]).toEqual([false, false]);
  expect(table.set(3, named("z"))).toBe(true);
  table.each((fd) => table.delete(fd));
  expect(table.size).toBe(0);
  expect(table.set(1, named("y"))).toBe(true);
});

function named(name: string): FdInfo {
  return new FdInfo(FD_TYPE.file, name);
}
