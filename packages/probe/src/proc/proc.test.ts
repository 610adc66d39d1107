// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { FD_TYPE } from "@falcoc/runtime";
import { describe, expect, it } from "vitest";
import { addressBytes, addressOfWords } from "./addresses.ts";
import { cgroupList } from "./cgroups.ts";
import { openFlags } from "./open-flags.ts";
import { ipSocket, unixSocket } from "./sockets.ts";

const bytes = (text: string) => Buffer.from(text, "latin1").toString("hex");

describe("addresses", () => {
  it.each([
    ["127.0.0.1", "7f000001"],
    ["::1", "00000000000000000000000000000001"],
    ["fe80::fc:ff:fe00:1%eth0", "fe8000000000000000fc00fffe000001"],
    ["2001:db8::", "20010db8000000000000000000000000"],
    ["1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
  ])("as written: %s", (text, hex) => {
    expect(bytes(addressBytes(text))).toBe(hex);
  });

  it.each([
    ["0100007F", "7f000001"],
    ["B80D01200000000067452301EFCDAB89", "20010db8000000000123456789abcdef"],
  ])("of /proc/net: %s", (text, hex) => {
    expect(bytes(addressOfWords(text))).toBe(hex);
  });
});

describe("cgroups", () => {
  it.each([
    ["one hierarchy", "0::/user.slice\n", "cpuset,cpu,cpuacct,blkio,memory", "/user.slice"],
    ["one controller", "4:memory:/docker/ab\n", "memory", "/docker/ab"],
    ["controllers that share", "2:cpu,cpuacct:/x\n", "cpu,cpuacct", "/x"],
    ["others", "9:name=systemd:/\n8:pids:/\n", "", ""],
  ])("%s", (_title, text, names, path) => {
    const expected =
      names === ""
        ? ""
        : names
            .split(",")
            .map((name) => `${name}=${path}\0`)
            .join("");
    expect(cgroupList(text)).toBe(expected);
  });

  it("prefers the hierarchy of a controller to the one that all share", () => {
    expect(cgroupList("4:memory:/own\n0::/all\n")).toContain("memory=/own\0");
  });
});

describe("sockets", () => {
  it("tells a connection from a listening socket", () => {
    const rest = "00:00000000 00000000     0        0";
    const connection =
      "   1: 0100007F:1F90 0200000A:C350 01 00000000:00000000 00:00000000 00000000     0        0 4242 1";
    expect(ipSocket(connection, 2)).toEqual([
      "4242",
      {
        kind: "socket",
        type: FD_TYPE.ipv4,
        sourceAddress: "\x7f\0\0\x01",
        sourcePort: 8080,
        destinationAddress: "\x0a\0\0\x02",
        destinationPort: 50000,
        protocol: 2,
      },
    ]);
    const listening = `   0: ${"0".repeat(32)}:0016 ${"0".repeat(32)}:0000 0A 00000000:00000000 ${rest} 77 1`;
    expect(ipSocket(listening, 2)).toEqual([
      "77",
      { kind: "listening", type: FD_TYPE.ipv6Listening, address: "\0".repeat(16), port: 22, protocol: 2 },
    ]);
    expect(ipSocket("", 2)).toBeNull();
  });

  it.each([
    ["0000000000000000: 00000002 00000000 00010000 0001 01 17193 /run/a b.sock", "17193", "/run/a b.sock"],
    ["00000000a1b2c3d4: 00000003 00000000 00000000 0001 03  9 @abstract", "9", "@abstract"],
    ["0000000000000000: 00000003 00000000 00000000 0001 03 20251", "20251", ""],
  ])("unix: %s", (line, inode, name) => {
    const found = unixSocket(line);
    expect(found?.[0]).toBe(inode);
    expect(found?.[1]).toMatchObject({ kind: "unix", name });
  });
});

describe("open flags", () => {
  it.each([
    [0o0, 0x1],
    [0o1, 0x2],
    [0o2, 0x3],
    [0o1101, 0x106],
    [0o2004000, 0x1041],
  ])("%o", (kernel, engine) => {
    expect(openFlags(kernel)).toBe(engine);
  });

  it("are numbered as in the kernel programs", () => {
    const header = readFileSync(new URL("../../bpf/flags.h", import.meta.url), "utf8");
    const [, table = ""] = /open_flag_pairs\[\] = \{([\s\S]*?)\};/.exec(header) ?? [];
    const engineBits = [...table.matchAll(/\{ O_\w+, (0x[0-9a-f]+) \}/g)].map((match) => Number(match[1]));
    const all = engineBits.reduce((sum, bit) => sum | bit, 0);
    expect(engineBits).toHaveLength(12);
    expect(openFlags(0o37777770) & ~0x3).toBe(all);
  });
});
