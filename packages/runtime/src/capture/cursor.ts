// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { SourceError } from "../event.ts";
import { type Integer, readI64Number, readU64 } from "./integers.ts";

/** Longest names and paths in the metadata of a capture. */
export const PATH_BYTES_MAX = 1024;
/** Longest argument, environment and cgroup lists in the metadata of a capture. */
export const LIST_BYTES_MAX = 4096;

/** Most entries of one list, but for processes, which are handed over one by one. */
const ENTRIES_MAX = 1_000_000;

/** Reads the body of one block from front to end, and never past it. */
export class Cursor {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #path: string;
  /** What has to be added to a position to get the offset in the file. */
  readonly #fileOffset: number;
  #at: number;
  #end: number;

  constructor(bytes: Buffer, view: DataView, at: number, end: number, path: string, fileOffset: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.#at = at;
    this.#end = end;
    this.#path = path;
    this.#fileOffset = fileOffset;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  /** Confines reading to the next `size` bytes; `leave` skips what is left of them and gives the rest back. */
  enter(size: number): { leave: () => void } {
    if (size < 0 || size > this.remaining) this.fail("an entry is longer than its block");
    const outer = this.#end;
    this.#end = this.#at + size;
    return {
      leave: () => {
        this.#at = this.#end;
        this.#end = outer;
      },
    };
  }

  /** Fails when a list holds more entries than are read. */
  checkEntries(count: number): void {
    if (count > ENTRIES_MAX) this.fail(`a list of more than ${ENTRIES_MAX} entries`);
  }

  fail(message: string): never {
    throw new SourceError(this.#path, this.#at + this.#fileOffset, message);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): Integer {
    return readU64(this.#view, this.#take(8));
  }

  /** Signed 64 bits that identify a thread or a descriptor. */
  id(): number {
    return readI64Number(this.#view, this.#take(8));
  }

  bytes(size: number): ByteString {
    const at = this.#take(size);
    return this.#bytes.toString("latin1", at, at + size);
  }

  /** A string with its length in front; longer ones than `bytesMax` are damage. */
  text(bytesMax: number): ByteString {
    const size = this.u16();
    if (size > bytesMax) this.fail(`a text of ${size} bytes where ${bytesMax} are allowed`);
    return this.bytes(size);
  }

  skip(size: number): void {
    this.#take(size);
  }

  #take(size: number): number {
    const at = this.#at;
    if (size > this.#end - at) this.fail("the block ends inside an entry");
    this.#at = at + size;
    return at;
  }
}
