// SPDX-License-Identifier: Apache-2.0
import type { ByteSink } from "./byte-sink.ts";
import type { Cursor } from "./cursor.ts";
import type { InterfaceEntry } from "./records.ts";

const ENTRY_BYTES_MIN = 4;

/** Codes of the entries: with and without the speed of the link. */
const TYPES: readonly { readonly code: number; readonly family: 4 | 6; readonly speed: boolean }[] = [
  { code: 1, family: 4, speed: true },
  { code: 2, family: 6, speed: true },
  { code: 3, family: 4, speed: false },
  { code: 4, family: 6, speed: false },
];

export function readInterfaceList(cursor: Cursor, version: 1 | 2): InterfaceEntry[] {
  const list: InterfaceEntry[] = [];
  while (cursor.remaining >= ENTRY_BYTES_MIN) {
    const entry = version === 2 ? cursor.enter(cursor.u32()) : null;
    list.push(readInterface(cursor));
    entry?.leave();
    cursor.checkEntries(list.length);
  }
  return list;
}

/** Writes one entry of a list of version 2. */
export function writeInterface(sink: ByteSink, entry: InterfaceEntry): void {
  const speed = entry.linkSpeed !== null;
  const type = TYPES.find((one) => one.family === entry.family && one.speed === speed);
  const start = sink.size;
  sink.u32(0);
  sink.u16(type?.code ?? 0);
  sink.u16(entry.name.length);
  sink.bytes(entry.address);
  sink.bytes(entry.netmask);
  sink.bytes(entry.broadcast);
  if (entry.linkSpeed !== null) sink.u64(entry.linkSpeed);
  sink.bytes(entry.name);
  sink.patchU32(start, sink.size - start - 4);
}

function readInterface(cursor: Cursor): InterfaceEntry {
  const code = cursor.u16();
  const type = TYPES.find((one) => one.code === code);
  if (type === undefined) return cursor.fail(`an interface of the unknown type ${code}`);
  const nameBytes = cursor.u16();
  const size = type.family === 4 ? 4 : 16;
  return {
    family: type.family,
    address: cursor.bytes(size),
    netmask: cursor.bytes(size),
    broadcast: cursor.bytes(size),
    linkSpeed: type.speed ? cursor.u64() : null,
    name: cursor.bytes(nameBytes),
  };
}
