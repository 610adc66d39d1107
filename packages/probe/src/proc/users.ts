// SPDX-License-Identifier: Apache-2.0
import type { GroupEntry, UserEntry } from "@falcoc/runtime";
import { readText } from "./read-proc.ts";

/** Users and groups of the host. */
export function readUsers(): (UserEntry | GroupEntry)[] {
  return [...parseUsers(readText("/etc/passwd") ?? ""), ...parseGroups(readText("/etc/group") ?? "")];
}

/** `name:password:uid:gid:comment:home:shell` lines. Those that begin with a sign refer to a network service. */
export function parseUsers(text: string): UserEntry[] {
  return entries(text, 7).map(([name = "", , uid, gid, , home = "", shell = ""]) => ({
    kind: "user",
    uid: Number(uid),
    gid: Number(gid),
    name,
    home,
    shell,
  }));
}

/** `name:password:gid:members` lines. */
export function parseGroups(text: string): GroupEntry[] {
  return entries(text, 4).map(([name = "", , gid]) => ({ kind: "group", gid: Number(gid), name }));
}

function entries(text: string, fields: number): string[][] {
  return text
    .split("\n")
    .filter((line) => !/^[+-]/.test(line))
    .map((line) => line.split(":"))
    .filter((line) => line.length === fields && /^\d+$/.test(line[2] ?? ""));
}
