// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import { beforeEach, describe, expect, it } from "vitest";
import { DamagedEvent } from "../capture/damaged-event.ts";
import { lengthAt, startOf } from "../capture/event-record.ts";
import type { EventRecord } from "../capture/records.ts";
import { EventConverter } from "./event-converter.ts";
import { RecordBuilder } from "./record-builder.ts";

const FD = u64(5);
const RESULT = u64(0);
const PATH = Buffer.from("/etc/passwd\0");

let converter: EventConverter;

beforeEach(() => {
  converter = new EventConverter();
});

describe("an event of an old recorder", () => {
  it.each<readonly [string, readonly EventRecord[], string, readonly (Buffer | null)[]]>([
    [
      "gets what newer recorders add",
      [event("SYSCALL_OPEN_X", [FD, PATH, u32(1), u32(0)])],
      "SYSCALL_OPEN_X",
      [FD, PATH, u32(1), u32(0), null, null],
    ],
    [
      "gets the arguments of its entry",
      [event("SYSCALL_CLOSE_E", [FD]), event("SYSCALL_CLOSE_X", [RESULT])],
      "SYSCALL_CLOSE_X",
      [RESULT, FD],
    ],
    [
      "gets defaults without its entry",
      [event("SYSCALL_CLOSE_X", [RESULT])],
      "SYSCALL_CLOSE_X",
      [RESULT, u64(0)],
    ],
    [
      "does not take the entry of another call",
      [event("SYSCALL_READ_E", [FD, u32(9)]), event("SYSCALL_CLOSE_X", [RESULT])],
      "SYSCALL_CLOSE_X",
      [RESULT, u64(0)],
    ],
    [
      "does not take the entry of another thread",
      [event("SYSCALL_CLOSE_E", [FD], 8), event("SYSCALL_CLOSE_X", [RESULT])],
      "SYSCALL_CLOSE_X",
      [RESULT, u64(0)],
    ],
    [
      "uses its entry in one step only",
      [event("SOCKET_CONNECT_E", [FD, PATH]), event("SOCKET_CONNECT_X", [RESULT, null])],
      "SOCKET_CONNECT_X",
      [RESULT, null, FD, null],
    ],
  ])("%s", (_, records, id, parameters) => {
    const converted = records.map((record) => converter.convert(record)).at(-1) ?? null;
    expect(shown(converted)).toEqual({ id, parameters });
  });

  it("goes through all the steps that lie between", () => {
    const parameters = [RESULT, PATH, null, FD, FD, FD, PATH, u64(1024)];
    const converted = converter.convert(event("SYSCALL_EXECVE_8_X", parameters));
    expect(converted).toMatchObject({ code: 293, count: 31 });
    expect(shown(converted).parameters.slice(0, 8)).toEqual(parameters);
  });

  it.each([
    ["SYSCALL_CLOSE_E", [FD]],
    ["SYSCALL_READ_E", [FD, u32(9)]],
  ])("%s tells nothing by itself", (id, parameters) => {
    expect(converter.convert(event(id, parameters))).toBeNull();
  });

  it("keeps time and thread", () => {
    const record = event("SYSCALL_CLOSE_X", [RESULT]);
    const converted = converter.convert(record) as EventRecord;
    expect(converted.bytes.subarray(0, 16)).toEqual(record.bytes.subarray(0, 16));
  });

  it("becomes JSON when it is a container", () => {
    const text = (value: string) => Buffer.from(`${value}\0`);
    const converted = converter.convert(
      event("CONTAINER_E", [text("abc"), u32(7), text('"web"'), text("nginx")]),
    );
    const [json] = shown(converted).parameters;
    expect(json?.at(-1)).toBe(0);
    expect(JSON.parse(json?.subarray(0, -1).toString() ?? "")).toEqual({
      id: "abc",
      type: 7,
      name: '"web"',
      image: "nginx",
    });
  });
});

it("delivers events of the current schema as they are", () => {
  const record = event("SYSCALL_CLOSE_X", [RESULT, FD]);
  expect(converter.convert(record)).toBe(record);
});

it.each([
  ["SYSCALL_CLOSE_X", [RESULT, FD, FD]],
  ["SYSCALL_READ_X", [RESULT]],
  ["GENERIC_E", [u32(1)]],
])("refuses %s with parameters that no recorder wrote", (id, parameters) => {
  expect(() => converter.convert(event(id, parameters))).toThrow(DamagedEvent);
});

it("counts the entries that it has no room for", () => {
  for (let tid = 0; tid < 65_538; tid++) converter.convert(event("SYSCALL_CLOSE_E", [FD], tid));
  expect(converter.dropped).toBe(2);
});

function event(id: string, parameters: readonly (Buffer | null)[], tid = 7): EventRecord {
  const origin = new RecordBuilder();
  origin.begin(origin, 0, 0);
  origin.bytes.writeBigUInt64LE(1_700_000_000_000_000_000n, 0);
  origin.bytes.writeUInt32LE(tid, 8);
  const builder = new RecordBuilder();
  const code = EVENTS.findIndex((one) => one.id === id);
  builder.begin(origin, code, parameters.length);
  for (const bytes of parameters) builder.addBytes(bytes ?? Buffer.alloc(0));
  builder.finish();
  return builder;
}

function shown(record: EventRecord | null): { id: string; parameters: (Buffer | null)[] } {
  if (record === null) return { id: "none", parameters: [] };
  const parameters = Array.from({ length: record.count }, (_, i) => {
    const start = startOf(record, i);
    const size = lengthAt(record, i);
    return size === 0 ? null : Buffer.from(record.bytes.subarray(start, start + size));
  });
  return { id: EVENTS[record.code]?.id ?? "", parameters };
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
