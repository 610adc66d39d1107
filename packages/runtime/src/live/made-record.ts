// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { HEADER_BYTES } from "../capture/event-record.ts";
import type { EventRecord, GroupEntry, UserEntry } from "../capture/records.ts";

/** An event of no thread. */
const NO_THREAD = -1n;

/** The record of an event that no system call made: a name, and a text that says what happened. */
export function asyncRecord(name: string, text: string, timestampNs: bigint): EventRecord {
  // The first parameter is the number of a plugin: 0, as for all events about system calls.
  return madeRecord("ASYNCEVENT_E", [u32(0), textOf(name), textOf(text)], timestampNs);
}

/** The record of a user or group that appears in a container, or goes with it. */
export function accountRecord(
  entry: UserEntry | GroupEntry,
  containerId: string,
  change: "added" | "deleted",
  timestampNs: bigint,
): EventRecord {
  const suffix = change === "added" ? "ADDED_E" : "DELETED_E";
  const name = bytesOf(entry.name);
  if (entry.kind === "group") {
    return madeRecord(`GROUP_${suffix}`, [u32(entry.gid), name, textOf(containerId)], timestampNs);
  }
  const { uid, gid, home, shell } = entry;
  const values = [u32(uid), u32(gid), name, bytesOf(home), bytesOf(shell), textOf(containerId)];
  return madeRecord(`USER_${suffix}`, values, timestampNs);
}

const CODES: ReadonlyMap<string, number> = new Map(EVENTS.map(({ id, code }) => [id, code]));

function madeRecord(id: string, values: readonly Buffer[], timestampNs: bigint): EventRecord {
  const code = CODES.get(id) ?? 0;
  const lengthBytes = EVENTS[code]?.large ? 4 : 2;
  const dataAt = HEADER_BYTES + values.length * lengthBytes;
  const end = values.reduce((sum, value) => sum + value.length, dataAt);
  const bytes = Buffer.alloc(end);
  bytes.writeBigUInt64LE(timestampNs, 0);
  bytes.writeBigInt64LE(NO_THREAD, 8);
  bytes.writeUInt32LE(end, 16);
  bytes.writeUInt16LE(code, 20);
  bytes.writeUInt32LE(values.length, 22);
  let at = dataAt;
  for (const [i, value] of values.entries()) {
    bytes.writeUIntLE(value.length, HEADER_BYTES + i * lengthBytes, lengthBytes);
    at += value.copy(bytes, at);
  }
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    at: 0,
    code,
    cpu: 0,
    flags: 0,
    count: values.length,
    lengthsAt: HEADER_BYTES,
    lengthBytes,
    dataAt,
    end,
  };
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function textOf(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}

/** Of a text that has a unit a byte. */
function bytesOf(text: string): Buffer {
  return Buffer.from(`${text}\0`, "latin1");
}
