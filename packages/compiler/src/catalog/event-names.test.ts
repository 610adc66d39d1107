// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import {
  eventCodesOfName,
  eventNameOfSyscall,
  isEventTypeName,
  syscallCodesOfName,
  syscallOfCode,
  syscallOfNative,
} from "./event-names.ts";

it.each<[string, number[], string[]]>([
  ["open", [2, 3], ["open"]],
  ["openat", [102, 103, 306, 307], ["openat"]],
  ["accept4", [388, 389], ["accept", "accept4"]],
  ["container", [228, 272, 324], []],
  ["getrandom", [0, 1], ["getrandom"]],
  ["setuid32", [0, 1], []],
  ["setuid", [198, 199], ["setuid", "setuid32"]],
  ["procexit", [16, 186], ["sched_process_exit"]],
  ["syscall", [], []],
  ["unknown", [], []],
  ["nosuch", [], []],
])("%s stands for its events and system calls", (name, codes, syscalls) => {
  expect(eventCodesOfName(name)).toEqual(codes);
  expect(syscallCodesOfName(name).map((code) => syscallOfCode(code)?.name)).toEqual(syscalls);
});

it("counts the unused codes under one name", () => {
  expect(eventCodesOfName("NA")).toHaveLength(35);
});

it.each([
  ["open", true],
  ["syscall", true],
  ["NA", true],
  ["unknown", true],
  ["", true],
  ["setuid32", true],
  ["container_removed", true],
  ["OPEN", false],
  ["nosuch", false],
  ["open ", false],
])("says whether evt.type may be compared with %j", (text, expected) => {
  expect(isEventTypeName(text)).toBe(expected);
});

it("takes the injected names that are given", () => {
  expect(isEventTypeName("container_removed", [])).toBe(false);
  expect(isEventTypeName("mine", ["mine"])).toBe(true);
});

it("finds system calls by code and by native number", () => {
  expect(syscallOfCode(0)).toBeNull();
  expect(syscallOfCode(382)).toBeNull();
  expect(syscallOfNative(257, "x86_64")?.name).toBe("openat");
  expect(syscallOfNative(56, "aarch64")?.name).toBe("openat");
  expect(syscallOfNative(99_999, "x86_64")).toBeNull();
});

it("names the events of a system call without its suffix", () => {
  const shown = (number: number) => {
    const syscall = syscallOfNative(number, "x86_64");
    return syscall === null ? null : [syscall.name, eventNameOfSyscall(syscall)];
  };
  expect(shown(302)).toEqual(["prlimit64", "prlimit"]);
  expect(shown(288)).toEqual(["accept4", "accept4"]);
  expect(shown(318)).toEqual(["getrandom", "getrandom"]);
});
