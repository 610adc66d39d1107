// SPDX-License-Identifier: Apache-2.0
import type { ByteSink } from "./byte-sink.ts";
import type { Cursor } from "./cursor.ts";
import type { MachineInfo } from "./records.ts";

const HOSTNAME_BYTES = 128;
const RESERVED_BYTES = 16;

export function readMachineInfo(cursor: Cursor): MachineInfo {
  const info = {
    cpus: cursor.u32(),
    memoryBytes: cursor.u64(),
    maxPid: cursor.u64(),
    hostname: untilNul(cursor.bytes(HOSTNAME_BYTES)),
    bootTimeNs: cursor.u64(),
    flags: cursor.u64(),
  };
  cursor.skip(RESERVED_BYTES);
  return info;
}

export function writeMachineInfo(sink: ByteSink, info: MachineInfo): void {
  sink.u32(info.cpus);
  sink.u64(info.memoryBytes);
  sink.u64(info.maxPid);
  sink.bytes(info.hostname.slice(0, HOSTNAME_BYTES).padEnd(HOSTNAME_BYTES, "\0"));
  sink.u64(info.bootTimeNs);
  sink.u64(info.flags);
  sink.bytes("\0".repeat(RESERVED_BYTES));
}

function untilNul(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
