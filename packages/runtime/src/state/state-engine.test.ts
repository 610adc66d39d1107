// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { beforeEach, describe, expect, it } from "vitest";
import { FD_TYPE, UNKNOWN_PROCESS } from "../capture/records.ts";
import { encodeAddress, encodeEvent, type ParameterValue } from "../scenario/encode-event.ts";
import { SYSCALL_BINDER } from "../syscall/fields/binder.ts";
import { SyscallEvent } from "../syscall/syscall-event.ts";
import { FDS_MAX } from "./fd-table.ts";
import { StateEngine } from "./state-engine.ts";

let state: StateEngine;
let timeNs: bigint;

beforeEach(() => {
  state = new StateEngine();
  timeNs = 1_700_000_000_000_000_000n;
  for (const [tid, ptid] of [
    [1, 0],
    [100, 1],
  ] as const) {
    state.addProcess({
      ...UNKNOWN_PROCESS,
      tid,
      pid: tid,
      ptid,
      vtid: tid,
      vpid: tid,
      comm: `p${tid}`,
      cwd: "/root",
    });
  }
  state.linkThreads();
  state.finishMetadata([]);
});

describe("bounds", () => {
  it("a process has no more descriptors than are kept, and the rest is counted", () => {
    for (let fd = 0; fd < FDS_MAX + 3; fd++) open(fd, "/x");
    expect(state.threads.find(100)?.fds?.size).toBe(FDS_MAX);
    expect(state.counters().fdsDropped).toBe(3);
    open(0, "/y");
    expect(state.threads.find(100)?.fds?.get(0)?.name).toBe("/y");
  });

  it("threads that were not seen for two purges and are gone are forgotten", () => {
    process("SYSCALL_CLOSE_X", { res: 0, fd: 3 }, 777);
    expect(state.purge(() => true, timeNs)).toBe(0);
    open(3, "/x");
    expect(state.purge((tid) => tid !== 100, timeNs)).toBe(1);
    expect(state.threads.find(777)).toBeNull();
    expect(state.threads.find(100)).not.toBeNull();
    expect(state.purge((tid) => tid !== 100, timeNs)).toBe(1);
    expect(state.threads.find(100)).toBeNull();
    expect(state.counters().threadsPurged).toBe(2);
  });
});

describe("descriptors after a fork", () => {
  it("belong to each process alone", () => {
    open(3, "/x");
    process("SYSCALL_CLONE_20_X", { res: 101, tid: 100, pid: 100, ptid: 1, flags: 0 });
    const before = { ...state.threads.find(100)?.fds?.get(3) };
    process("SYSCALL_FCNTL_X", { res: 0, fd: 3, cmd: 3, arg: 1 }, 101);
    process("SOCKET_BIND_X", { res: 0, addr: encodeAddress({ path: "/run/x" }), fd: 3 }, 101);
    expect(state.threads.find(101)?.fds?.get(3)).toMatchObject({
      name: "/run/x",
      flags: 4096,
      oldName: "/x",
    });
    expect(state.threads.find(100)?.fds?.get(3)).toMatchObject({ ...before, isShared: true });
  });
});

describe("arguments from the beginning of a call", () => {
  it("win over those at its end", () => {
    process("SYSCALL_OPENAT_2_E", { dirfd: -100, name: "/etc/shadow", flags: 1, mode: 0 });
    const event = process("SYSCALL_OPENAT_2_X", {
      fd: 5,
      dirfd: -100,
      name: "/tmp/x",
      flags: 1 | 16384,
      mode: 0,
      dev: 0,
      ino: 0,
    });
    expect(event.fd).toMatchObject({ name: "/etc/shadow", flags: 1 | 16384, type: FD_TYPE.fileV2 });
  });

  it("count for their own call only", () => {
    process("SYSCALL_OPENAT_2_E", { dirfd: -100, name: "/etc/shadow", flags: 1, mode: 0 });
    process("SYSCALL_CLOSE_X", { res: 0, fd: 9 });
    const event = process("SYSCALL_OPENAT_2_X", {
      fd: 5,
      dirfd: -100,
      name: "x",
      flags: 1,
      mode: 0,
      dev: 0,
      ino: 0,
    });
    expect(event.fd?.name).toBe("/root/x");
  });
});

it("descriptors are removed by number and range, and those that are to close on exec by execve", () => {
  open(3, "/a");
  open(4, "/b", 4096);
  open(5, "/c");
  open(6, "/d");
  process("SYSCALL_CLOSE_RANGE_X", { res: 0, first: 6, last: 0xffffffff, flags: 0 });
  process("SYSCALL_CLOSE_RANGE_X", { res: 0, first: 5, last: 5, flags: 4 });
  expect(openFds()).toEqual([3, 4, 5]);
  process("SYSCALL_EXECVE_19_X", {
    res: 0,
    exe: "ls",
    comm: "ls",
    args: "-l\0",
    tid: 100,
    pid: 100,
    ptid: 1,
  });
  expect(openFds()).toEqual([3]);
});

it("events of plugins are of no kernel source", () => {
  expect(process("PLUGINEVENT_E", { plugin_id: 1, event_data: "{}" }).source).toBe("plugin");
  expect(process("ASYNCEVENT_E", { plugin_id: 0, name: "container", data: "{}" }).source).toBe("syscall");
});

function open(fd: number, name: string, flags = 0): SyscallEvent {
  return process("SYSCALL_OPEN_X", { fd, name, flags, mode: 0, dev: 0, ino: 0 });
}

function openFds(): number[] {
  return [...(state.threads.find(100)?.fds?.entries() ?? [])].map(([fd]) => fd);
}

function process(id: string, values: Readonly<Record<string, ParameterValue>>, tid = 100): SyscallEvent {
  const code = EVENTS.findIndex((one) => one.id === id);
  const event = new SyscallEvent(state, SYSCALL_BINDER);
  timeNs += 1_000_000n;
  event.attach(encodeEvent(code, tid, timeNs, values));
  state.process(event);
  return event;
}
