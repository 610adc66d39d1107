// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { decodeList, decodeText } from "./parameter-bytes.ts";
import { TextTable } from "./text-table.ts";

const BYTES_MAX = 64;
/** So few places that texts drive each other out all the time. */
const PLACES_LOG = 3;

describe("a table of texts", () => {
  it("reads what is there, whatever was read before", () => {
    const table = new TextTable(PLACES_LOG, BYTES_MAX, decodeList);
    for (const text of texts()) expect(read(table, text)).toBe(text);
  });

  it("tells texts apart that differ in one byte", () => {
    const table = new TextTable(0, BYTES_MAX, decodeList);
    for (let size = 1; size <= BYTES_MAX + 4; size++) {
      const text = "a".repeat(size);
      for (let at = 0; at < size; at++) {
        const other = `${text.slice(0, at)}b${text.slice(at + 1)}`;
        expect(read(table, text)).toBe(text);
        expect(read(table, other)).toBe(other);
      }
    }
  });

  it("ends texts at their first NUL, and knows the one that stands for none", () => {
    const table = new TextTable(PLACES_LOG, BYTES_MAX, decodeText);
    for (let round = 0; round < 2; round++) {
      expect(read(table, "/etc/passwd\0")).toBe("/etc/passwd");
      expect(read(table, "/etc\0passwd\0")).toBe("/etc");
      expect(read(table, "/etc/passwd")).toBe("/etc/passwd");
      expect(read(table, "(NULL)\0")).toBeNull();
      expect(read(table, "(NULL)")).toBe("(NULL)");
      expect(read(table, "(NULL)\0\0")).toBe("(NULL)");
      expect(read(table, "\0\0\0\0\0")).toBe("");
    }
  });
});

/** Reads a text in the middle of other bytes, which are overwritten afterwards. */
function read(table: TextTable, text: string): string | null {
  const bytes = Buffer.from(`xyz${text}xyz`, "latin1");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = table.read(bytes, view, 3, text.length);
  bytes.fill(0xff);
  return found;
}

/** Texts of all sizes, many of them more than once. */
function texts(): string[] {
  const made: string[] = [];
  let seed = 1;
  for (let i = 0; i < 5000; i++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const size = (seed >>> 8) % (BYTES_MAX + 8);
    made.push(String.fromCharCode(seed % 7 === 0 ? 0xe9 : 0x61 + ((seed >>> 16) % 3)).repeat(size));
  }
  return made;
}
