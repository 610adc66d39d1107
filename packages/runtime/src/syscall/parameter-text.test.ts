// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { describe, expect, it } from "vitest";
import { UNKNOWN_PROCESS } from "../capture/records.ts";
import { encodeEvent, type ParameterValue } from "../scenario/encode-event.ts";
import { StateEngine } from "../state/state-engine.ts";
import { SYSCALL_BINDER } from "./fields/binder.ts";
import { parameterMeaning, parametersText, parameterText } from "./parameter-text.ts";
import { SyscallEvent } from "./syscall-event.ts";

const ALL_ONES = 2n ** 64n - 1n;

describe("a parameter", () => {
  it.each<readonly [string, string, ParameterValue, string, string]>([
    ["SYSCALL_OPEN_X", "fd", 4, "4", ""],
    ["SYSCALL_OPEN_X", "fd", 3, "3", "<f>/etc/motd"],
    ["SYSCALL_OPEN_X", "fd", -2, "-2", "ENOENT"],
    ["SYSCALL_OPEN_X", "fd", -9999, "-9999", ""],
    ["SYSCALL_OPENAT_2_X", "dirfd", -100, "-100", "AT_FDCWD"],
    ["SYSCALL_OPEN_X", "name", "/a//b", "/a//b", ""],
    ["SYSCALL_OPEN_X", "name", "../b", "../b", "/b"],
    ["SYSCALL_OPEN_X", "name", null, "<NA>", ""],
    ["SYSCALL_OPEN_X", "name", "(NULL)", "<NA>", ""],
    ["SYSCALL_OPEN_X", "flags", 7, "7", "O_CREAT|O_RDWR"],
    ["SYSCALL_OPEN_X", "mode", 0o644, "0644", ""],
    ["SYSCALL_OPEN_X", "mode", 0, "0", ""],
    ["SYSCALL_OPEN_X", "dev", 0xfe01, "FE01", ""],
    ["SYSCALL_READ_X", "data", "a\0\xffz", "a..z", ""],
    ["SYSCALL_READ_X", "data", null, "NULL", ""],
    ["SYSCALL_LSEEK_X", "offset", ALL_ONES, "-1", ""],
    ["SYSCALL_KILL_X", "sig", 9, "9", "SIGKILL"],
    ["SYSCALL_KILL_X", "pid", 100, "100", "bash"],
    ["SYSCALL_KILL_X", "pid", 12345, "12345", ""],
    ["SYSCALL_SETUID_X", "uid", 0xffffffff, "-1", "<NONE>"],
    ["SYSCALL_SETUID_X", "uid", 12, "12", "<NA>"],
    ["SYSCALL_NANOSLEEP_X", "interval", ALL_ONES, "none", ""],
    ["SYSCALL_NANOSLEEP_X", "interval", 0, "0", "0s"],
    ["SYSCALL_NANOSLEEP_X", "interval", 1_500_000_000, "1500000000", "1.5s"],
    ["SYSCALL_NANOSLEEP_X", "interval", 100, "100", "1e-07s"],
    ["SYSCALL_NANOSLEEP_X", "interval", 1_234_567_890_000_000, "1234567890000000", "1.23457e+06s"],
    ["SYSCALL_PPOLL_X", "sigmask", "\x05\0\0\0", "SIGHUP SIGQUIT", ""],
    ["SYSCALL_EXECVE_19_X", "exe_ino_ctime", 1_700_000_000_123_456_789n, "2023-11-14 22:13:20.123456789", ""],
    ["SOCKET_BIND_X", "addr", "\x02\x0a\0\0\x01\x35\0", "10.0.0.1:53", ""],
    ["SOCKET_BIND_X", "addr", "\x01/run/x\0", "/run/x", ""],
    ["SOCKET_BIND_X", "addr", "\x10rest", "family 16", ""],
    ["SOCKET_CONNECT_X", "tuple", "\x02\x0a\0\0\x01\x35\0\x0a\0\0\x02\x50\0", "10.0.0.1:53->10.0.0.2:80", ""],
    [
      "SOCKET_CONNECT_X",
      "tuple",
      `\x01\xff${"\0".repeat(7)}\x10${"\0".repeat(7)}/run/x\0`,
      "ff->10 /run/x",
      "",
    ],
    [
      "SYSCALL_POLL_X",
      "fds",
      `\x02\0\x03${"\0".repeat(7)}\x11\0\x08${"\0".repeat(7)}\x01\0`,
      "3:f11 8:?1",
      "",
    ],
    ["SYSCALL_PTRACE_X", "data", `\x01\x0f`, "15", "SIGTERM"],
    ["SYSCALL_PTRACE_X", "addr", `\x00\xff${"\0".repeat(7)}`, "FF", ""],
    ["SYSCALL_PTRACE_X", "addr", "\x09\x01", "NULL", ""],
    ["SYSCALL_KEYCTL_X", "arg2", "\x01name\0", "name", ""],
    ["GENERIC_X", "ID", 0, "0", "unknown"],
    ["GENERIC_X", "ID", 16, "16", "getpid"],
  ])("%s %s of %s is %j, which means %j", (id, name, value, text, meaning) => {
    const event = eventOf(id, { [name]: value });
    const index = event.parameter(name);
    expect([parameterText(event, index), parameterMeaning(event, index)]).toEqual([text, meaning]);
  });
});

it("all parameters are in one text, with what they mean in brackets", () => {
  const values = { fd: 3, dirfd: -100, name: "foo/../x", flags: 1, mode: 0o644, dev: 0x801, ino: 77 };
  expect(parametersText(eventOf("SYSCALL_OPENAT_2_X", values))).toBe(
    "fd=3(<f>/etc/motd) dirfd=-100(AT_FDCWD) name=foo/../x(/root/x) flags=1(O_RDONLY) mode=0644 dev=801 ino=77",
  );
});

/** An event of bash in /root, which has /etc/motd open as 3. It does not change the state. */
function eventOf(id: string, values: Readonly<Record<string, ParameterValue>>): SyscallEvent {
  const state = new StateEngine();
  state.addProcess({
    ...UNKNOWN_PROCESS,
    tid: 100,
    pid: 100,
    vtid: 100,
    vpid: 100,
    comm: "bash",
    cwd: "/root",
  });
  state.addFds(100, [
    { fd: 3, ino: 1, body: { kind: "file", type: 16, flags: 1, name: "/etc/motd", device: 1 } },
  ]);
  state.linkThreads();
  state.finishMetadata([]);
  const event = new SyscallEvent(state, SYSCALL_BINDER);
  const code = EVENTS.findIndex((one) => one.id === id);
  event.attach(encodeEvent(code, 100, 0n, values));
  return event;
}
