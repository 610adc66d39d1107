// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { expect, it } from "vitest";
import type { Decoded } from "./decode.ts";
import type { Watched } from "./watch.ts";

type Values = Readonly<Record<string, unknown>>;

const LOOPBACK = "7f000001";
/** 45454, least significant byte first. */
const PORT = "8eb1";
const LOOPBACK6 = "00000000000000000000000000000001";
const hex = (text: string) => Buffer.from(text, "latin1").toString("hex");
const some = (pattern: RegExp) => expect.stringMatching(pattern);

/** What the witness does, and what of its parameters each event must carry. */
const CALLS: readonly (readonly [event: string, values: Values])[] = [
  // Flags are the engine's: 1 reading, 2 writing, 4 O_CREAT, 0x100 O_TRUNC, 0x1000 O_CLOEXEC, 0x4000 it was made.
  ["openat", { dirfd: -100, name: "made", flags: 0x5106, mode: 0o640, ino: expect.any(Number) }],
  ["openat", { dirfd: -100, name: "made", flags: 0x1, mode: 0 }],
  ["openat", { dirfd: -100, name: ".", flags: 0x2401 }],
  ["openat", { fd: -2, name: "absent", flags: 0x3, dev: 0, ino: 0 }],
  ["openat2", { name: "two", flags: 0x4007, mode: 0o600, resolve: 0x1 }],
  ["write", { res: 5, data: "hello", size: 5 }],
  ["write", { res: 200, data: "x".repeat(80), size: 200 }],
  ["pwrite", { res: 1, data: "J", size: 1, pos: 3 }],
  ["writev", { res: 6, data: "abcdef", size: 6 }],
  ["read", { res: 4, data: "helJ", size: 4 }],
  ["pread", { res: 2, data: "el", size: 2, pos: 1 }],
  ["lseek", { res: 7, offset: 7, whence: 0 }],
  ["fchmod", { res: 0, mode: 0o4755 }],
  ["fchown", { res: 0, uid: 12, gid: 34 }],
  ["dup3", { res: 77, newfd: 77, flags: 0x1000 }],
  ["fcntl", { res: 90, cmd: 26, arg: 90 }],
  ["close", { res: 0, fd: 77 }],
  ["mkdirat", { res: 0, path: "sub", mode: 0o751 }],
  ["linkat", { res: 0, olddir: -100, oldpath: "made", newpath: "linked", flags: 0 }],
  ["symlinkat", { res: 0, target: "/target", linkpath: "soft" }],
  ["renameat2", { res: 0, oldpath: "linked", newpath: "renamed", flags: 1 }],
  ["fchmodat", { res: 0, filename: "renamed", mode: 0o700 }],
  ["fchownat", { res: 0, pathname: "soft", uid: 5, gid: 6, flags: 0x400 }],
  ["unlinkat", { res: 0, name: "sub", flags: 0x200 }],
  ["unlinkat", { res: 0, dirfd: -100, name: "renamed", flags: 0 }],
  ["mknodat", { res: 0, path: "pipe", mode: 0o10600, dev: 0 }],
  ["mount", { res: -2, dev: "none", dir: "/absent", type: "tmpfs", flags: 0x44000 }],
  ["umount2", { res: -2, name: "/absent", flags: 2 }],
  ["chroot", { res: -2, path: "/absent" }],
  ["close_range", { res: 0, first: 200, last: 300, flags: 0 }],
  ["fchdir", { res: 0 }],
  ["chdir", { res: 0, path: "/" }],

  ["socket", { domain: 2, type: 0x80001, proto: 0, flags: 0x1000 }],
  ["setsockopt", { res: 0, level: 1, optname: 2, val: "0201000000", optlen: 4 }],
  ["bind", { res: 0, addr: `02${LOOPBACK}${PORT}` }],
  ["listen", { res: 0, backlog: 7 }],
  ["connect", { res: 0, tuple: some(/^027f000001....7f0000018eb1$/), addr: `02${LOOPBACK}${PORT}` }],
  ["accept4", { tuple: some(/^027f000001....7f0000018eb1$/), queuemax: 7, flags: 0x40 }],
  ["sendto", { res: 5, data: "hello", size: 5, tuple: some(/^027f000001....7f0000018eb1$/) }],
  ["recvfrom", { res: 5, data: "hello", size: 50, tuple: some(/^027f000001....7f0000018eb1$/) }],
  ["sendmsg", { res: 4, data: "m1m2", size: 4 }],
  ["recvmsg", { res: 4, data: "m1m2", size: 4, msgcontrol: null }],
  ["shutdown", { res: 0, how: 1 }],
  ["sendto", { res: 8, data: "datagram", tuple: some(/^0200000000....7f0000018eb1$/) }],
  ["recvfrom", { res: 8, data: "datagram", tuple: some(/^0200000000....7f0000018eb1$/) }],
  ["connect", { res: -111, tuple: null, addr: `0a${LOOPBACK6}${PORT}` }],

  ["bind", { res: 0, addr: `01${hex("/tmp/falcoc-witness.sock\0")}` }],
  ["bind", { res: 0, addr: `01${hex("falcoc-witness\0")}` }],
  ["connect", { res: 0, tuple: some(new RegExp(`^01.{32}${hex("/tmp/falcoc-witness.sock\0")}$`)) }],
  ["accept4", { tuple: some(new RegExp(`^01.{32}${hex("/tmp/falcoc-witness.sock\0")}$`)), flags: 0x1000 }],
  ["socketpair", { res: 0, domain: 1, type: 1 }],
  ["sendto", { res: 1, data: "q", tuple: some(/^01.{32}00$/) }],

  ["pipe2", { res: 0, flags: 0x40, ino: expect.any(Number) }],
  ["ppoll", { res: 1, fds: some(/^0100.{16}0400$/), sigmask: 0 }],
  ["eventfd2", { flags: 0x1000, initval: 3 }],
  ["epoll_create1", { flags: 1 }],
  ["memfd_create", { name: "scratch", flags: 1 }],
  ["inotify_init1", { flags: 0x40 }],
  ["timerfd_create", { clockid: 1, flags: 0 }],
  ["pidfd_open", { flags: 0 }],
  ["bpf", { cmd: 5 }],
  ["ioctl", { fd: 0, request: 0x5401, argument: 0x1234 }],
  ["flock", { operation: 6 }],

  ["setresuid", { res: 0, ruid: 0, euid: 0xffffffff, suid: 0xffffffff }],
  ["setresgid", { res: 0, rgid: 0xffffffff, egid: 0, sgid: 0xffffffff }],
  ["setpgid", { res: 0, pid: 0, pgid: 0 }],
  ["prctl", { res: 0, option: 15, arg2_str: "witness-name", arg2_int: 0 }],
  ["prctl", { res: 0, option: 36, arg2_str: null, arg2_int: 1 }],
  ["prlimit", { res: 0, newcur: 0, newmax: 0, oldcur: 0, oldmax: 0, resource: 4 }],
  ["unshare", { res: 0, flags: 0x80 }],
  ["setns", { res: -9, fd: -1, nstype: 0x10 }],
  ["capset", { res: -14, cap_effective: expect.any(Number) }],
  ["ptrace", { res: -3, request: 11, pid: 4194303, addr: "000000000000000000" }],
  ["kill", { res: 0, sig: 0 }],
  ["tgkill", { res: 0, sig: 0 }],
  ["init_module", { length: 0, uargs: "" }],
  ["finit_module", { fd: -1, uargs: "a=1", flags: 1 }],
  ["delete_module", { name: "absent", flags: 2 }],
  ["mprotect", { addr: 0, length: 4096, prot: 5 }],
  ["mmap", { addr: 0, length: 8192, prot: 1, flags: 0xa, fd: -1 }],
  // sched_yield has no event of its own: its code of the schema, and its number.
  ["syscall", { ID: 99, nativeID: process.arch === "x64" ? 24 : 124 }],

  ["setsid", { res: expect.any(Number) }],
  ["procexit", { status: 0x700, ret: 7, sig: 0, core: 0, reaper_tid: 0 }],
  ["procexit", { status: 9, ret: 0, sig: 9, core: 0 }],
];

/** Tests of what was seen of the witness, which was started as `program`: one for each call that it makes, and more. */
export function holdWitness(program: string, seen: () => Watched): void {
  it("of the witness have all been seen", () => {
    expect(seen().exitCode).toBe(0);
    expect(seen().events.length).toBeGreaterThan(CALLS.length);
  });

  it.each(CALLS)("%s %j", (name, values) => {
    const events = seen().events.filter((event) => event.name === name);
    expect(events.map((event) => event.values)).toContainEqual(expect.objectContaining(values));
  });

  it("agree with the catalogue in number and width of their parameters", () => {
    const wrong = seen().all.filter((event) => !agrees(event));
    expect(wrong).toEqual([]);
  });

  it("tell device and inode number of the file that was opened", () => {
    const [made, again] = eventsNamed("openat").filter((event) => event.values.name === "made");
    expect(made?.values.ino).toBe(again?.values.ino);
    expect(made?.values.dev).toBe(again?.values.dev);
    expect(made?.values.dev).not.toBe(0);
  });

  it("tell a new program by its image, and a failed attempt by its arguments", () => {
    const programs = eventsNamed("execve").filter((event) => event.values.exe === "name of mine");
    expect(programs.map((event) => event.values)).toEqual([
      expect.objectContaining({ res: -2, filename: "/absent", trusted_exepath: program }),
      expect.objectContaining({ res: 0, filename: "/bin/true", comm: "true" }),
    ]);
    for (const { values } of programs) {
      expect(values).toMatchObject({
        args: "first\0\0third\0",
        env: "KEY=value\0OTHER=\0",
        ptid: seen().pid,
        cap_effective: expect.any(Number),
        loginuid: expect.any(Number),
      });
      expect(values.cgroups).toMatch(/^cpuset=\/[^\0]*\0cpu=/);
      expect(Number(values.exe_ino_mtime)).toBeGreaterThan(1e18);
    }
    expect(programs[1]?.values.trusted_exepath).toMatch(/\/true$/);
  });

  it("tell both sides of a fork", () => {
    const forks = seen().events.filter((event) => /^(clone3?|v?fork)$/.test(event.name));
    const children = forks.filter((event) => event.values.res === 0);
    const first = forks.find((event) => event.tid === seen().pid && Number(event.values.res) > 0);
    expect(children.map((child) => child.tid)).toContain(first?.values.res);
    expect(children.every((child) => child.values.vtid === child.tid || child.values.vtid === 1)).toBe(true);
  });

  it("tell a thread from a process, and a child in a pid namespace from others", () => {
    const children = seen().events.filter(
      (event) => event.name.startsWith("clone") && event.values.res === 0,
    );
    const threads = children.filter((child) => child.values.pid === seen().pid);
    expect(threads).toHaveLength(1);
    const inNamespace = children.filter((child) => child.values.vtid === 1);
    expect(inNamespace).toHaveLength(1);
    expect(Number(inNamespace[0]?.values.flags) & 0x20000000).not.toBe(0);
    expect(Number(inNamespace[0]?.values.pidns_init_start_ts)).toBeGreaterThan(0);
  });

  it.runIf(process.arch === "x64")("are told by the 32-bit convention too", () => {
    const [call] = eventsNamed("open").filter((event) => event.values.name === "/compat-absent");
    expect(call?.values).toMatchObject({ fd: -2, flags: 0x3 });
    expect(eventsNamed("fstat").filter((event) => event.tid === call?.tid)).toEqual([]);
  });

  it("name who adopts the child of a process that was killed", () => {
    const killed = eventsNamed("procexit").find((event) => event.values.sig === 9);
    expect(killed?.values.reaper_tid).toBe(seen().pid);
  });

  it("come with times that agree with the clock, in order on each CPU", () => {
    const now = BigInt(Date.now()) * 1_000_000n;
    for (const event of seen().all) expect(now - event.timestampNs).toBeLessThan(60_000_000_000n);
    const last = new Map<number, bigint>();
    const isDisordered = (event: Decoded) => {
      const before = last.get(event.cpu) ?? 0n;
      last.set(event.cpu, event.timestampNs);
      return event.timestampNs < before;
    };
    expect(seen().all.filter(isDisordered)).toEqual([]);
  });

  function eventsNamed(name: string): Decoded[] {
    return seen().events.filter((event) => event.name === name);
  }
}

/** Every parameter is there, those of a fixed width have it, and the record ends where they end. */
function agrees(event: Decoded): boolean {
  const widths = new Map(
    [8, 4, 2, 1].flatMap((width) => TYPES_OF[width]?.map((type) => [type, width] as const) ?? []),
  );
  const parameters =
    EVENTS.find(({ name, old, unused }) => name === event.name && !old && !unused)?.parameters ?? [];
  return (
    event.lengths.length === (exitOf(event.name)?.length ?? parameters.length) &&
    event.lengths.reduce((sum, length) => sum + length, 0) === event.dataBytes &&
    (exitOf(event.name) ?? parameters).every(({ type }, i) => {
      const width = widths.get(type);
      return width === undefined || event.lengths[i] === width;
    })
  );
}

const TYPES_OF: Readonly<Record<number, readonly string[]>> = {
  8: ["INT64", "UINT64", "ERRNO", "FD", "PID", "RELTIME", "ABSTIME"],
  4: ["INT32", "UINT32", "FLAGS32", "ENUMFLAGS32", "UID", "GID", "MODE", "SIGSET"],
  2: ["INT16", "UINT16", "FLAGS16", "ENUMFLAGS16", "SYSCALLID"],
  1: ["INT8", "UINT8", "FLAGS8", "ENUMFLAGS8", "SIGTYPE"],
};

function exitOf(name: string) {
  return EVENTS.find(
    (event) => event.name === name && event.direction === "exit" && !event.old && !event.unused,
  )?.parameters;
}
