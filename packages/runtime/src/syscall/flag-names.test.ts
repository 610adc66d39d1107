// SPDX-License-Identifier: Apache-2.0
import { type FlagTable, flagTable } from "@falcoc/compiler/catalog";
import { expect, it } from "vitest";
import { flagNames } from "./flag-names.ts";

const MODE: FlagTable = {
  kind: "mode",
  entries: [
    ["X", 1],
    ["R", 4],
    ["SOCKET", 0xc000],
    ["ALL", 5],
  ],
};

it.each([
  ["file_flags", 0, "O_NONE"],
  ["file_flags", 1, "O_RDONLY"],
  ["file_flags", 3, "O_RDWR"],
  ["file_flags", 7, "O_CREAT|O_RDWR"],
  ["file_flags", 4096 | 1, "O_RDONLY|O_CLOEXEC"],
  ["socket_families", 1, "AF_LOCAL|AF_UNIX"],
  ["socket_families", 99, ""],
  ["mount_flags", 2 ** 31, "NOUSER"],
  ["mount_flags", 2 ** 31 + 1, "RDONLY|NOUSER"],
  ["execve_flags", 0, ""],
])("%s %i: %s", (table, value, expected) => {
  expect(flagNames(flagTable(table) as FlagTable, value)).toBe(expected);
});

it("a mode is not finished by an entry that is only a part", () => {
  expect(flagNames(MODE, 5)).toBe("X|R");
  expect(flagNames(MODE, 0xc005)).toBe("X|R|SOCKET");
});
