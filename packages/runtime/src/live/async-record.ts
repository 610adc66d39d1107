// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { HEADER_BYTES } from "../capture/event-record.ts";
import type { EventRecord } from "../capture/records.ts";

const CODE = EVENTS.findIndex((event) => event.id === "ASYNCEVENT_E");
/** Parameters: number of the plugin, 0 for events about system calls; name; data. */
const COUNT = 3;
const LENGTH_BYTES = EVENTS[CODE]?.large ? 4 : 2;
/** An event of no thread. */
const NO_THREAD = -1n;

/** The record of an event that no system call made: a name, and a text that says what happened. */
export function asyncRecord(name: string, text: string, timestampNs: bigint): EventRecord {
  const values = [Buffer.alloc(4), Buffer.from(`${name}\0`), Buffer.from(`${text}\0`)];
  const dataAt = HEADER_BYTES + COUNT * LENGTH_BYTES;
  const end = values.reduce((sum, value) => sum + value.length, dataAt);
  const bytes = Buffer.alloc(end);
  bytes.writeBigUInt64LE(timestampNs, 0);
  bytes.writeBigInt64LE(NO_THREAD, 8);
  bytes.writeUInt32LE(end, 16);
  bytes.writeUInt16LE(CODE, 20);
  bytes.writeUInt32LE(COUNT, 22);
  let at = dataAt;
  for (const [i, value] of values.entries()) {
    bytes.writeUIntLE(value.length, HEADER_BYTES + i * LENGTH_BYTES, LENGTH_BYTES);
    value.copy(bytes, at);
    at += value.length;
  }
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    at: 0,
    code: CODE,
    cpu: 0,
    flags: 0,
    count: COUNT,
    lengthsAt: HEADER_BYTES,
    lengthBytes: LENGTH_BYTES,
    dataAt,
    end,
  };
}
