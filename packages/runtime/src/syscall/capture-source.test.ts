// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import { EVENTS } from "@falcoc/compiler/catalog";
import { describe, expect, it } from "vitest";
import { CaptureWriter } from "../capture/capture-writer.ts";
import { type EventRecord, UNKNOWN_PROCESS } from "../capture/records.ts";
import type { Event } from "../event.ts";
import { encodeEvent, type ParameterValue } from "../scenario/encode-event.ts";
import { type CaptureOptions, openCapture } from "./capture-source.ts";
import { SyscallEvent } from "./syscall-event.ts";

const STATE_ONLY = 1;

describe("openCapture", () => {
  it("delivers the events between two numbers, and stops behind the second", async () => {
    const closes = Array.from({ length: 6 }, (_, i) => close(i));
    const { numbers, counters } = await replay(closes, { from: 3, to: 4 });
    expect(numbers).toEqual([3, 4]);
    expect(counters).toMatchObject({ events: 4, delivered: 2 });
  });

  it("numbers events that change the state alone, but does not show them", async () => {
    const { numbers, counters } = await replay([close(1), { ...close(2), flags: STATE_ONLY }, close(3)]);
    expect(numbers).toEqual([1, 3]);
    expect(counters).toEqual({ records: 3, events: 3, delivered: 2, dropped: 0 });
  });

  it("takes users and containers in front of all other events into the state without showing them", async () => {
    const user = { uid: 0, gid: 0, name: "toor\0", home: "/\0", shell: "/bin/sh\0", container_id: "\0" };
    const added = encode("USER_ADDED_E", user);
    const seen = await replay([added, close(1), added], {}, (event) => event.state.users.user("", 0)?.name);
    expect(seen.numbers).toEqual([2, 3]);
    expect(seen.values).toEqual(["toor", "toor"]);
  });

  it("keeps a closed descriptor and an ended thread until the next event", async () => {
    const opened = encode("SYSCALL_OPEN_X", { fd: 4, name: "/tmp/x", flags: 1, mode: 0, dev: 0, ino: 0 });
    const exit = encode("PROCEXIT_1_E", { status: 0, ret: 0, sig: 0, core: 0, reaper_tid: 0 });
    const { values } = await replay([opened, close(4), close(4), exit, close(4)], {}, (event) => [
      event.fd?.name ?? null,
      event.thread?.comm,
    ]);
    expect(values).toEqual([
      ["/tmp/x", "bash"],
      ["/tmp/x", "bash"],
      [null, "bash"],
      [null, "bash"],
      [null, "<NA>"],
    ]);
  });

  it("tells how far it has read", async () => {
    const progress: (readonly [number, number | null])[] = [];
    await replay([close(1)], { onProgress: (read, total) => progress.push([read, total]) });
    expect(progress.at(-1)).toEqual([capture([close(1)]).length, null]);
  });

  it("says what is wrong with a parameter, and where", async () => {
    const record = close(1);
    const bytes = Buffer.from(record.bytes);
    bytes.writeUInt16LE(7, record.lengthsAt);
    const read = replay(
      [close(0), { ...record, bytes, view: new DataView(bytes.buffer, bytes.byteOffset) }],
      {},
      (event) => event.id(0, -1),
    );
    await expect(read).rejects.toMatchObject({
      name: "SourceError",
      path: "test.scap",
      message: 'parameter "res" of SYSCALL_CLOSE_X has 7 bytes where 8 are due',
    });
  });

  it("says that a file cannot be read", async () => {
    const read = openCapture("/nonexistent/x.scap").run(() => {});
    await expect(read).rejects.toMatchObject({ name: "SourceError", path: "/nonexistent/x.scap" });
  });

  it("ends when it is aborted", async () => {
    const abort = new AbortController();
    let count = 0;
    const source = openCapture(Readable.from([capture([close(1), close(2), close(3)])]), {}, "test.scap");
    await source.run(() => ++count === 2 && abort.abort(), abort.signal);
    expect(count).toBe(2);
  });
});

function close(fd: number): EventRecord {
  return encode("SYSCALL_CLOSE_X", { res: 0, fd });
}

function encode(id: string, values: Readonly<Record<string, ParameterValue>>): EventRecord {
  const code = EVENTS.findIndex((one) => one.id === id);
  return encodeEvent(code, 100, 1_700_000_000_000_000_000n, values);
}

/** A capture of one process, bash, and these events. */
function capture(records: readonly EventRecord[]): Buffer {
  const blocks: Buffer[] = [];
  const writer = new CaptureWriter((block) => blocks.push(block));
  writer.section();
  writer.process({ ...UNKNOWN_PROCESS, tid: 100, pid: 100, vtid: 100, vpid: 100, comm: "bash" });
  writer.metadataEnd();
  for (const record of records) writer.event(record);
  return Buffer.concat(blocks);
}

async function replay<T>(
  records: readonly EventRecord[],
  options: CaptureOptions = {},
  look: (event: SyscallEvent) => T | undefined = () => undefined,
) {
  const numbers: number[] = [];
  const values: (T | undefined)[] = [];
  const source = openCapture(Readable.from([capture(records)]), options, "test.scap");
  await source.run((event: Event) => {
    numbers.push(event.number);
    if (event instanceof SyscallEvent) values.push(look(event));
  });
  return { numbers, values, counters: source.counters() };
}
