// SPDX-License-Identifier: Apache-2.0
import type { ByteSink } from "./byte-sink.ts";
import { type Cursor, PATH_BYTES_MAX } from "./cursor.ts";
import type { GroupEntry, UserEntry } from "./records.ts";

const ENTRY_BYTES_MIN = 4;
const USER = 0;
const GROUP = 1;

export function readUserList(cursor: Cursor, version: 1 | 2): (UserEntry | GroupEntry)[] {
  const list: (UserEntry | GroupEntry)[] = [];
  while (cursor.remaining >= ENTRY_BYTES_MIN) {
    const entry = version === 2 ? cursor.enter(cursor.u32() - 4) : null;
    list.push(cursor.u8() === USER ? readUser(cursor) : readGroup(cursor));
    entry?.leave();
    cursor.checkEntries(list.length);
  }
  return list;
}

/** Writes one entry of a list of version 2. */
export function writeUserOrGroup(sink: ByteSink, entry: UserEntry | GroupEntry): void {
  const start = sink.size;
  sink.u32(0);
  if (entry.kind === "user") {
    sink.u8(USER);
    sink.u32(entry.uid);
    sink.u32(entry.gid);
    sink.text(entry.name, PATH_BYTES_MAX);
    sink.text(entry.home, PATH_BYTES_MAX);
    sink.text(entry.shell, PATH_BYTES_MAX);
  } else {
    sink.u8(GROUP);
    sink.u32(entry.gid);
    sink.text(entry.name, PATH_BYTES_MAX);
  }
  sink.patchU32(start, sink.size - start);
}

function readUser(cursor: Cursor): UserEntry {
  return {
    kind: "user",
    uid: cursor.u32(),
    gid: cursor.u32(),
    name: cursor.text(PATH_BYTES_MAX),
    home: cursor.text(PATH_BYTES_MAX),
    shell: cursor.text(PATH_BYTES_MAX),
  };
}

function readGroup(cursor: Cursor): GroupEntry {
  return { kind: "group", gid: cursor.u32(), name: cursor.text(PATH_BYTES_MAX) };
}
