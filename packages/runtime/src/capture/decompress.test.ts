// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SourceError } from "../event.ts";
import { decompress } from "./decompress.ts";

const TEXT = Buffer.from("a text that is long enough to be worth compressing, ".repeat(100));

describe("decompress", () => {
  it.each<readonly [string, Buffer, Buffer]>([
    ["raw bytes", TEXT, TEXT],
    ["gzip", gzipSync(TEXT), TEXT],
    [
      "gzip members back to back",
      Buffer.concat([gzipSync(TEXT), gzipSync(TEXT)]),
      Buffer.concat([TEXT, TEXT]),
    ],
    ["nothing", Buffer.alloc(0), Buffer.alloc(0)],
    ["a single byte", Buffer.from([0x1f]), Buffer.from([0x1f])],
  ])("delivers %s in chunks of any size", async (_, input, expected) => {
    for (const size of [1, 3, 1000, 1 << 20])
      expect((await run(pieces(input, size))).bytes).toEqual(expected);
  });

  it("delivers what came before the damage", async () => {
    const packed = gzipSync(TEXT);
    const { bytes, error } = await run(pieces(packed.subarray(0, packed.length - 10), 7));
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({
      path: "x",
      offset: bytes.length,
      message: "damaged gzip data: unexpected end of file",
    });
    expect(TEXT.subarray(0, bytes.length)).toEqual(bytes);
  });

  it("tells how much of the stream has been read", async () => {
    const input = gzipSync(TEXT);
    expect((await run(pieces(input, 10))).progress.at(-1)).toBe(input.length);
  });

  it("ends when it is aborted", async () => {
    const abort = new AbortController();
    const endless = Readable.from(
      (function* () {
        for (;;) yield TEXT;
      })(),
    );
    let chunks = 0;
    await decompress(
      endless,
      "x",
      { chunk: () => void (++chunks === 5 && abort.abort()), progress: () => {} },
      abort.signal,
    );
    expect(chunks).toBe(5);
  });

  it("passes on why a stream cannot be read, and what the consumer throws", async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error("no such device")) });
    expect((await run(broken)).error).toMatchObject({ message: "cannot be read: no such device" });
    const own = new Error("own");
    const consumer = {
      chunk: () => {
        throw own;
      },
      progress: () => {},
    };
    await expect(decompress(pieces(TEXT, 100), "x", consumer)).rejects.toBe(own);
  });
});

function pieces(bytes: Buffer, size: number): Readable {
  const count = Math.ceil(bytes.length / size);
  return Readable.from(Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size)));
}

async function run(input: Readable): Promise<{ bytes: Buffer; progress: number[]; error: unknown }> {
  const chunks: Buffer[] = [];
  const progress: number[] = [];
  const consumer = {
    chunk: (bytes: Buffer) => void chunks.push(Buffer.from(bytes)),
    progress: (bytesRead: number) => void progress.push(bytesRead),
  };
  const error = await decompress(input, "x", consumer).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { bytes: Buffer.concat(chunks), progress, error };
}
