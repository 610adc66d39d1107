// SPDX-License-Identifier: Apache-2.0
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { GroupEntry, UserEntry } from "../capture/records.ts";

/** A longer file is no list of users. */
const FILE_BYTES_MAX = 1024 * 1024;
const ENTRIES_MAX = 4096;
const ID_MAX = 0xffff_ffff;

/** Users and groups of whatever has this folder as its root. Rejects when there is no file of users to be read. */
export async function readAccounts(root: string): Promise<(UserEntry | GroupEntry)[]> {
  const users = await readSmallFile(`${root}/etc/passwd`);
  const groups = await readSmallFile(`${root}/etc/group`).catch(() => "");
  return parseAccounts(users, groups).slice(0, ENTRIES_MAX);
}

/** What the texts of `/etc/passwd` and `/etc/group` tell. Lines that begin with a sign refer to a network service. */
export function parseAccounts(users: string, groups: string): (UserEntry | GroupEntry)[] {
  return [...parseUsers(users), ...parseGroups(groups)];
}

/** `name:password:uid:gid:comment:home:shell` lines; others are passed over. */
function parseUsers(text: string): UserEntry[] {
  return linesOf(text, 7).flatMap(([name = "", , uid = "", gid = "", , home = "", shell = ""]) =>
    isId(uid) && isId(gid)
      ? [{ kind: "user", uid: Number(uid), gid: Number(gid), name, home, shell } as const]
      : [],
  );
}

/** `name:password:gid:members` lines. */
function parseGroups(text: string): GroupEntry[] {
  return linesOf(text, 4).flatMap(([name = "", , gid = ""]) =>
    isId(gid) ? [{ kind: "group", gid: Number(gid), name } as const] : [],
  );
}

function linesOf(text: string, fields: number): string[][] {
  return text
    .split("\n")
    .filter((line) => !/^[+-]/.test(line))
    .map((line) => line.split(":"))
    .filter((line) => line.length === fields);
}

function isId(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= ID_MAX;
}

/** What a container offers under a name need be no file: pipes are not waited for, and links not followed. */
async function readSmallFile(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const status = await file.stat();
    if (!status.isFile() || status.size > FILE_BYTES_MAX) throw new Error(`${path} is no small file`);
    const buffer = Buffer.alloc(status.size);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}
