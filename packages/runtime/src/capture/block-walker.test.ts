// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { BlockWalker } from "./block-walker.ts";

const TRAILER_BYTES = 4;

/** A block whose body is `size` bytes of its type. */
function block(type: number, size: number): Buffer {
  const bytes = Buffer.alloc(8 + size + TRAILER_BYTES, type);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.writeUInt32LE(bytes.length, bytes.length - TRAILER_BYTES);
  return bytes;
}

const SIZES = [0, 1, 30, 7, 0, 200_000, 3, 12];
const FILE = Buffer.concat(SIZES.map((size, i) => block(i + 1, size)));

it.each([1, 2, 7, 8, 9, 13, 64, 1000, 65_537, FILE.length])(
  "finds the same blocks in chunks of %i bytes, which are overwritten afterwards",
  (chunkBytes) => {
    const walker = new BlockWalker("test");
    const found: (readonly [type: number, size: number, offset: number])[] = [];
    for (let at = 0; at < FILE.length; at += chunkBytes) {
      const chunk = Buffer.from(FILE.subarray(at, at + chunkBytes));
      walker.feed(chunk);
      while (walker.header() && walker.body()) {
        const { type, bytes, bodyStart, bodyEnd, total, trailer, fileOffset } = walker;
        expect(trailer).toBe(total);
        const body = bytes.subarray(bodyStart, bodyEnd);
        expect(body.every((byte) => byte === type)).toBe(true);
        found.push([type, body.length, bodyStart + fileOffset]);
      }
      chunk.fill(0xff);
    }
    walker.finish();
    let offset = 0;
    const expected = SIZES.map((size, i) => {
      const body = offset + 8;
      offset = body + size + TRAILER_BYTES;
      return [i + 1, size, body] as const;
    });
    expect(found).toEqual(expected);
    expect(walker.offset).toBe(FILE.length);
  },
);

it.each([
  ["header", 3],
  ["body", 60],
])("reports a file that ends inside a %s at the beginning of the block", (_, bytes) => {
  const walker = new BlockWalker("test");
  walker.feed(FILE.subarray(0, bytes));
  while (walker.header() && walker.body());
  expect(() => walker.finish()).toThrow(expect.objectContaining({ offset: bytes === 3 ? 0 : 25 }));
});
