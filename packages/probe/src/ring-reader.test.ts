// SPDX-License-Identifier: Apache-2.0
import type { EventRecord } from "@falcoc/runtime";
import { describe, expect, it } from "vitest";
import { RingReader } from "./ring-reader.ts";

const PAGE_BYTES = 4096;
const RING_BYTES = 4096;
const BUSY = 0x8000_0000;
const DISCARDED = 0x4000_0000;

/** A ring as the kernel keeps it, but for the second mapping, which is kept up by writing everything twice. */
class FakeRing {
  readonly consumer = new ArrayBuffer(PAGE_BYTES);
  readonly producer = new ArrayBuffer(PAGE_BYTES + 2 * RING_BYTES);
  readonly dataOffset = PAGE_BYTES;
  readonly dataBytes = RING_BYTES;
  readonly #bytes = Buffer.from(this.producer);
  #position: number;

  constructor(position = 0) {
    this.#position = position;
    new BigUint64Array(this.consumer)[0] = BigInt(position);
    this.#publish();
  }

  get read(): number {
    return Number(new BigUint64Array(this.consumer)[0]);
  }

  /** Writes a record of an event with the given parameters. Gives a function that clears its busy bit. */
  write(code: number, parameters: readonly Buffer[], flags = 0): () => void {
    const record = encode(code, parameters);
    const header = Buffer.alloc(8);
    header.writeUInt32LE((record.length | flags) >>> 0, 0);
    const at = this.#position;
    this.#put(at, Buffer.concat([header, record]));
    this.#position += (8 + record.length + 7) & ~7;
    this.#publish();
    header.writeUInt32LE(record.length, 0);
    return () => this.#put(at, header);
  }

  #put(position: number, bytes: Buffer): void {
    for (const [i, byte] of bytes.entries()) {
      const offset = this.dataOffset + ((position + i) % RING_BYTES);
      this.#bytes[offset] = byte;
      this.#bytes[offset + RING_BYTES] = byte;
    }
  }

  #publish(): void {
    new BigUint64Array(this.producer)[0] = BigInt(this.#position);
  }
}

function encode(code: number, parameters: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8 + 26 + 2 * parameters.length);
  head.writeUInt16LE(3, 6);
  head.writeBigUInt64LE(1_700_000_000_000_000_000n, 8);
  head.writeBigUInt64LE(4711n, 16);
  head.writeUInt16LE(code, 28);
  head.writeUInt32LE(parameters.length, 30);
  for (const [i, bytes] of parameters.entries()) head.writeUInt16LE(bytes.length, 34 + 2 * i);
  const record = Buffer.concat([head, ...parameters]);
  record.writeUInt32LE(record.length - 8, 24);
  return record;
}

function show(record: EventRecord): string {
  const data = record.bytes.toString("latin1", record.dataAt, record.end);
  return `${record.code}/${record.count} cpu ${record.cpu} thread ${record.view.getBigUint64(record.at + 8, true)} ${data}`;
}

function readAll(reader: RingReader, most = 100): string[] {
  const seen: string[] = [];
  reader.read(most, (record) => seen.push(show(record)));
  return seen;
}

describe("RingReader", () => {
  it("shows records where they are, and gives their room back", () => {
    const ring = new FakeRing();
    const reader = new RingReader(ring);
    expect(readAll(reader)).toEqual([]);
    ring.write(5, [Buffer.from("ab"), Buffer.from("cde")]);
    ring.write(95, []);
    expect(reader.backlogBytes).toBe(104);
    expect(readAll(reader)).toEqual(["5/2 cpu 3 thread 4711 abcde", "95/0 cpu 3 thread 4711 "]);
    expect(reader.backlogBytes).toBe(0);
    expect(ring.read).toBe(104);
  });

  it("follows a record over the end of the ring", () => {
    const ring = new FakeRing(10 * RING_BYTES - 24);
    const reader = new RingReader(ring);
    ring.write(307, [Buffer.from("/etc/shadow\0")]);
    expect(readAll(reader)).toEqual(["307/1 cpu 3 thread 4711 /etc/shadow\0"]);
  });

  it("waits for a record that is being written, and for nothing behind it", () => {
    const ring = new FakeRing();
    const reader = new RingReader(ring);
    const finish = ring.write(1, [], BUSY);
    ring.write(2, []);
    expect(readAll(reader)).toEqual([]);
    finish();
    expect(readAll(reader)).toHaveLength(2);
  });

  it("skips what the kernel has discarded", () => {
    const ring = new FakeRing();
    const reader = new RingReader(ring);
    ring.write(1, [], DISCARDED);
    ring.write(2, []);
    expect(readAll(reader)).toEqual(["2/0 cpu 3 thread 4711 "]);
  });

  it("stops after as many records as it may hand out", () => {
    const ring = new FakeRing();
    const reader = new RingReader(ring);
    for (const code of [1, 2, 3]) ring.write(code, []);
    expect(readAll(reader, 2)).toHaveLength(2);
    expect(readAll(reader, 2)).toHaveLength(1);
  });

  it("does not show a record again that its taker has refused", () => {
    const ring = new FakeRing();
    const reader = new RingReader(ring);
    ring.write(1, []);
    ring.write(2, []);
    const refuse = () => {
      throw new Error("refused");
    };
    expect(() => reader.read(10, refuse)).toThrow("refused");
    expect(readAll(reader)).toEqual(["2/0 cpu 3 thread 4711 "]);
  });
});
