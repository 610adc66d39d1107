// SPDX-License-Identifier: Apache-2.0
import { THREAD_FLAGS } from "@falcoc/compiler/catalog";
import { beforeEach, describe, expect, it } from "vitest";
import { Thread } from "./thread.ts";
import { ANCESTORS_MAX, ThreadTable } from "./thread-table.ts";

let table: ThreadTable;

beforeEach(() => {
  table = new ThreadTable();
});

describe("parents", () => {
  it("are the threads that made a process; a process shows its leader", () => {
    add(1, 1, 0);
    add(10, 10, 1);
    add(11, 10, 1);
    const child = add(20, 20, 11);
    expect(table.parent(child)?.tid).toBe(11);
    expect(table.parentProcess(child)?.tid).toBe(10);
    expect(table.ancestor(child, 0)?.tid).toBe(20);
    expect(table.ancestor(child, 2)?.tid).toBe(1);
    expect(table.ancestor(child, 3)).toBeNull();
    expect(tids(table.ancestors(child))).toEqual([11, 1]);
  });

  it("that are not known are none", () => {
    expect(add(20, 20, 19).ptid).toBe(0);
  });

  it("in a circle are followed but so far", () => {
    const a = add(10, 10, 0);
    const b = add(20, 20, 10);
    a.ptid = 20;
    expect(table.ancestors(a).length).toBeLessThanOrEqual(ANCESTORS_MAX);
    expect(new Set(table.ancestors(a))).toEqual(new Set([a, b]));
    expect(table.ancestor(a, 1_000_000_000)).not.toBeNull();
  });
});

describe("when a process exits its children go", () => {
  it("to the process that the kernel names", () => {
    add(1, 1, 0);
    add(5, 5, 1);
    const parent = add(10, 10, 5);
    const child = add(20, 20, 10);
    parent.reaperTid = 1;
    table.remove(10, 0n);
    expect(child.ptid).toBe(1);
    expect(table.find(1)?.group?.isReaper).toBe(true);
  });

  it("to another thread of it", () => {
    add(10, 10, 0);
    add(11, 10, 0);
    const child = add(20, 20, 11);
    table.remove(11, 0n);
    expect(child.ptid).toBe(10);
  });

  it("to the nearest ancestor that adopts", () => {
    add(1, 1, 0);
    const adopter = add(5, 5, 1);
    add(6, 6, 5);
    add(10, 10, 6);
    const child = add(20, 20, 10);
    if (adopter.group !== null) adopter.group.isReaper = true;
    table.remove(10, 0n);
    expect(child.ptid).toBe(5);
  });

  it("to nobody when the nearest ancestors are of another pid namespace", () => {
    add(1, 1, 0);
    const parent = add(10, 10, 1);
    parent.flags |= THREAD_FLAGS.CHILD_IN_PIDNS;
    const child = add(20, 20, 10);
    table.remove(10, 0n);
    expect(child.ptid).toBe(0);
  });
});

describe("a leader", () => {
  it("stays until the last thread of its process has gone", () => {
    add(10, 10, 0);
    add(11, 10, 0);
    table.remove(10, 0n);
    expect(table.find(10)?.isDead).toBe(true);
    table.remove(11, 0n);
    expect(table.size).toBe(0);
  });
});

it("remembers for a while whose child has exited", () => {
  add(1, 1, 0);
  add(10, 10, 1);
  table.remove(10, 5_000_000_000n);
  expect(table.exitedRecently(1, 10, 6_999_999_999n, 2_000_000_000n)).toBe(true);
  expect(table.exitedRecently(1, 10, 7_000_000_000n, 2_000_000_000n)).toBe(false);
  expect(table.exitedRecently(2, 10, 6_000_000_000n, 2_000_000_000n)).toBe(false);
});

it("makes a placeholder for a thread that it does not know, once", () => {
  const placeholder = table.findOrAdd(7);
  expect(placeholder).toMatchObject({ tid: 7, pid: -1, comm: "<NA>", exe: "<NA>", isInvalid: true });
  expect(table.findOrAdd(7)).toBe(placeholder);
});

function add(tid: number, pid: number, ptid: number): Thread {
  const thread = new Thread(tid);
  thread.pid = pid;
  thread.vtid = tid;
  thread.ptid = ptid;
  table.add(thread);
  table.link(thread);
  return thread;
}

function tids(threads: readonly Thread[]): number[] {
  return threads.map(({ tid }) => tid);
}
