// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { SourceError } from "../event.ts";
import { CaptureReader } from "./capture-reader.ts";
import type { CaptureSink, EventRecord } from "./records.ts";

const SECTION = 0x0a0d0d0a;
const MACHINE = 0x201;
const PROCESSES = 0x215;
const EVENT = 0x216;
const EVENT_FLAGS = 0x217;
const EVENT_V1 = 0x204;
const EVENT_LARGE = 0x221;
const CLOSE_EXIT = 5;
const ASYNC = 402;
const NOTIFICATION = 280;

describe("a capture", () => {
  const start = [section()];
  const events = [closeEvent(7), closeEvent(8)];

  it.each<readonly [string, readonly Buffer[], readonly string[]]>([
    ["section and events", [...start, ...events], ["section", "end", "5:7", "5:8"]],
    [
      "unknown blocks before the events",
      [...start, block(0x999, [1, 2, 3, 4]), ...events],
      ["section", "end", "5:7", "5:8"],
    ],
    [
      "padding and a comment in the section",
      [section({ tail: [1, 0, 2, 0, 65, 66, 0, 0] }), ...events],
      ["section", "end", "5:7", "5:8"],
    ],
    [
      "an event of a newer schema",
      [...start, eventBlock({ code: 454 }), ...events],
      ["section", "end", "5:7", "5:8"],
    ],
    [
      "an event that ends in a wrong trailer",
      [...start, wrongTrailer(closeEvent(7)), closeEvent(8)],
      ["section", "end", "5:7", "5:8"],
    ],
    [
      "bytes behind the parameters of an event",
      [...start, eventBlock({ slack: 6 })],
      ["section", "end", "5:7"],
    ],
    [
      "flagged events",
      [...start, eventBlock({ type: EVENT_FLAGS, flags: 1 })],
      ["section", "end", "5:7 flags 1"],
    ],
    [
      "two captures, one after the other",
      [...start, closeEvent(7), ...start, closeEvent(8)],
      ["section", "end", "5:7", "section", "end", "5:8"],
    ],
    [
      "a large event in a large block",
      [...start, largeEvent(EVENT_LARGE, 70_000)],
      ["section", "end", "402:7"],
    ],
    ["long lengths whatever the block", [...start, largeEvent(EVENT, 10)], ["section", "end", "402:7"]],
    ["an old header", [...start, oldEvent(CLOSE_EXIT, [8, 8])], ["section", "end", "5:7"]],
    ["an old header of fewer parameters", [...start, oldEvent(CLOSE_EXIT, [8])], ["section", "end", "5:7"]],
    [
      "an old header that counts three bytes too many",
      [...start, oldEvent(NOTIFICATION, [3, 2], 3)],
      ["section", "end", "280:7"],
    ],
  ])("with %s is read", (_, blocks, expected) => {
    expect(read(Buffer.concat(blocks))).toEqual({ seen: expected, error: null });
  });

  it.each<readonly [string, Buffer, readonly string[], string]>([
    ["nothing", Buffer.alloc(0), [], "the file is empty"],
    [
      "another kind of file",
      Buffer.from("#!/bin/sh\necho no capture\n"),
      [],
      "not a capture: it does not begin with a section header",
    ],
    [
      "the bytes the other way round",
      section({ magic: 0x4d3c2b1a }),
      [],
      "a section of the foreign byte order 0x4d3c2b1a",
    ],
    ["a newer version", section({ major: 2 }), [], "a capture of the unknown version 2"],
    ["no events", Buffer.concat(start), ["section"], "the capture holds no events"],
    [
      "a cut header",
      Buffer.concat([...start, closeEvent(7), closeEvent(8).subarray(0, 5)]),
      ["section", "end", "5:7"],
      "the file ends inside a block: it is truncated",
    ],
    [
      "a cut body",
      Buffer.concat([...start, closeEvent(7), closeEvent(8).subarray(0, 30)]),
      ["section", "end", "5:7"],
      "the file ends inside a block: it is truncated",
    ],
    [
      "a list among the events",
      Buffer.concat([...start, closeEvent(7), block(PROCESSES, [])]),
      ["section", "end", "5:7"],
      "a block of type 0x215 among the events",
    ],
    [
      "an unknown block among the events",
      Buffer.concat([...start, closeEvent(7), block(0x999, [])]),
      ["section", "end", "5:7"],
      "a block of type 0x999 among the events",
    ],
    [
      "a wrong trailer before the events",
      Buffer.concat([...start, wrongTrailer(block(0x999, []))]),
      ["section"],
      "a block of 12 bytes ends as one of 13",
    ],
    ["a block of no length", Buffer.concat([...start, blockOf(EVENT, 4)]), ["section"], "a block of 4 bytes"],
    [
      "an event block of 64 KiB",
      Buffer.concat([...start, largeEvent(EVENT, 70_000)]),
      ["section"],
      "an event block of 70060 bytes, more than 65536",
    ],
    [
      "a machine that is cut short",
      Buffer.concat([...start, block(MACHINE, [1, 0, 0, 0])]),
      ["section"],
      "the block ends inside an entry",
    ],
    [
      "an event shorter than its header",
      Buffer.concat([...start, eventBlock({ length: 25 })]),
      ["section", "end"],
      "an event of 25 bytes",
    ],
    [
      "an event longer than its block",
      Buffer.concat([...start, eventBlock({ length: 400 })]),
      ["section", "end"],
      "an event is longer than its block",
    ],
    [
      "more lengths than bytes",
      Buffer.concat([...start, eventBlock({ count: 40 })]),
      ["section", "end"],
      "40 parameters do not fit into the event",
    ],
    [
      "lengths that are too long",
      Buffer.concat([...start, eventBlock({ lengths: [8, 9] })]),
      ["section", "end"],
      "the parameters are longer than the event",
    ],
    [
      "an old event whose lengths do not add up",
      Buffer.concat([...start, oldEvent(CLOSE_EXIT, [8, 8], 1)]),
      ["section", "end"],
      "the lengths of the parameters do not add up to the event",
    ],
  ])("with %s is refused there", (_, bytes, expected, message) => {
    expect(read(bytes)).toMatchObject({ seen: expected, error: { path: "test.scap", message } });
  });

  it("is read the same in pieces of any size", () => {
    const bytes = Buffer.concat([...start, ...events, ...start, largeEvent(EVENT_LARGE, 300), ...events]);
    const whole = inFull(bytes);
    for (const size of [1, 2, 3, 7, 64, 100]) expect(inFull(bytes, size)).toEqual(whole);
  });

  it("is read the same with any byte damaged, whole and byte by byte, where no block is as most are", () => {
    const blocks = [...start, closeEvent(7), eventBlock({ type: EVENT_FLAGS, flags: 1 }), closeEvent(8)];
    const bytes = Buffer.concat(blocks);
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 1, 0x16, 0x7f, 0xff]) {
        const damaged = Buffer.from(bytes);
        damaged[at] = value;
        expect(inFull(damaged), `${value} at ${at}`).toEqual(inFull(damaged, 1));
      }
    }
  });

  it("is read the same when it is cut off anywhere", () => {
    const bytes = Buffer.concat([...start, ...events, eventBlock({ type: EVENT_FLAGS, flags: 1 })]);
    for (let size = 0; size < bytes.length; size++) {
      const cut = bytes.subarray(0, size);
      expect(inFull(cut), `${size} bytes`).toEqual(inFull(cut, 1));
    }
  });

  it("tells the offset of damage in the uncompressed file", () => {
    const bytes = Buffer.concat([...start, closeEvent(7), block(0x999, [])]);
    expect(read(bytes).error?.offset).toBe(bytes.length - 12);
  });
});

function read(
  bytes: Buffer,
  pieceBytes = Math.max(bytes.length, 1),
  describe = summary,
): { seen: string[]; error: SourceError | null } {
  const seen: string[] = [];
  const reader = new CaptureReader("test.scap", sinkInto(seen, describe));
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
    reader.finish();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { seen, error };
  }
  return { seen, error: null };
}

function inFull(bytes: Buffer, pieceBytes?: number): ReturnType<typeof read> {
  return read(bytes, pieceBytes, everything);
}

function sinkInto(seen: string[], describe: (record: EventRecord) => string): CaptureSink {
  return {
    section: () => seen.push("section"),
    machine: () => seen.push("machine"),
    interfaces: () => seen.push("interfaces"),
    users: () => seen.push("users"),
    process: () => seen.push("process"),
    fds: () => seen.push("fds"),
    metadataEnd: () => seen.push("end"),
    event: (record) => seen.push(describe(record)),
  };
}

function summary({ code, view, at, flags }: EventRecord): string {
  const tid = view.getUint32(at + 8, true);
  return flags === 0 ? `${code}:${tid}` : `${code}:${tid} flags ${flags}`;
}

/** All that a record says, but for where its bytes are kept. */
function everything({
  bytes,
  at,
  code,
  cpu,
  flags,
  count,
  lengthsAt,
  lengthBytes,
  dataAt,
  end,
}: EventRecord): string {
  const places = [lengthsAt - at, lengthBytes, dataAt - at, end - at];
  return [code, cpu, flags, count, ...places, bytes.toString("hex", at, end)].join();
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function block(type: number, body: readonly number[] | Buffer): Buffer {
  const padded = Buffer.concat([Buffer.from(body), Buffer.alloc(-body.length & 3)]);
  const total = u32(padded.length + 12);
  return Buffer.concat([u32(type), total, padded, total]);
}

function blockOf(type: number, total: number): Buffer {
  return Buffer.concat([u32(type), u32(total), Buffer.alloc(16)]);
}

function wrongTrailer(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(copy.length + 1, copy.length - 4);
  return copy;
}

function section({ magic = 0x1a2b3c4d, major = 1, tail = [] as number[] } = {}): Buffer {
  return block(
    SECTION,
    Buffer.concat([u32(magic), u16(major), u16(2), Buffer.alloc(8, 0xff), Buffer.from(tail)]),
  );
}

function header(tid: number, length: number, code: number): Buffer {
  return Buffer.concat([Buffer.alloc(8), u32(tid), u32(0), u32(length), u16(code)]);
}

/** An exit of close with its two parameters of 8 bytes; what is given replaces what would be true. */
function eventBlock({
  type = EVENT,
  code = CLOSE_EXIT,
  tid = 7,
  flags = null as number | null,
  lengths = [8, 8],
  count = 2,
  length = 26 + 4 + 16,
  slack = 0,
}): Buffer {
  return block(
    type,
    Buffer.concat([
      u16(0),
      flags === null ? Buffer.alloc(0) : u32(flags),
      header(tid, length + slack, code),
      u32(count),
      ...lengths.map(u16),
      Buffer.alloc(16 + slack),
    ]),
  );
}

function closeEvent(tid: number): Buffer {
  return eventBlock({ tid });
}

/** An async event, whose lengths take four bytes, with so many bytes of data. */
function largeEvent(type: number, dataBytes: number): Buffer {
  const length = 26 + 12 + 4 + 2 + dataBytes;
  const lengths = [4, 2, dataBytes].map(u32);
  const body = [
    u16(0),
    header(7, length, ASYNC),
    u32(3),
    ...lengths,
    u32(0),
    Buffer.from("n\0"),
    Buffer.alloc(dataBytes),
  ];
  return block(type, Buffer.concat(body));
}

/** An event with a header that does not count its parameters. */
function oldEvent(code: number, lengths: readonly number[], excess = 0): Buffer {
  const dataBytes = lengths.reduce((sum, one) => sum + one, 0);
  const length = 22 + lengths.length * 2 + dataBytes;
  const body = [
    u16(0),
    header(7, length + excess, code),
    ...lengths.map(u16),
    Buffer.alloc(dataBytes + excess),
  ];
  return block(EVENT_V1, Buffer.concat(body));
}
