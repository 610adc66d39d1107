// SPDX-License-Identifier: Apache-2.0
import { SourceError } from "../event.ts";
import { type BlockKind, blockKind, SECTION_HEADER } from "./block-types.ts";
import { BlockWalker } from "./block-walker.ts";
import { Cursor } from "./cursor.ts";
import { EVENT_BYTES_MAX, RecordReader } from "./event-record.ts";
import { readFdList } from "./fd-list.ts";
import { readInterfaceList } from "./interface-list.ts";
import { readMachineInfo } from "./machine-info.ts";
import { readProcessList } from "./process-list.ts";
import type { CaptureSink } from "./records.ts";
import { readUserList } from "./user-list.ts";

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const MAJOR_VERSION_MAX = 1;

/** Where in a capture we are: before its first block, in the metadata, or among the events. */
type Phase = "start" | "metadata" | "events";

/**
 * Reads the uncompressed bytes of a capture, chunk by chunk, and hands what it holds to a sink. Throws a
 * `SourceError` at damage; what was handed over before remains valid.
 */
export class CaptureReader {
  readonly #path: string;
  readonly #sink: CaptureSink;
  readonly #walker: BlockWalker;
  readonly #record: RecordReader;
  #phase: Phase = "start";
  #isStopped = false;

  constructor(path: string, sink: CaptureSink) {
    this.#path = path;
    this.#sink = sink;
    this.#walker = new BlockWalker(path);
    this.#record = new RecordReader(path);
  }

  /** Bytes of the uncompressed capture that have been read. */
  get offset(): number {
    return this.#walker.offset;
  }

  /** Offset in the uncompressed capture of the event that was handed over last. */
  get eventOffset(): number {
    return this.#walker.fileOffset + this.#record.at;
  }

  /** Reads on with more bytes, until they are used up or `stop` was called. They may be overwritten afterwards. */
  push(chunk: Buffer): void {
    const walker = this.#walker;
    walker.feed(chunk);
    for (;;) {
      if (this.#phase === "events") this.#readCommonEvents();
      if (this.#isStopped || !walker.header()) return;
      const kind = blockKind(walker.type);
      this.#checkHeader(kind);
      if (!walker.body()) return;
      if (kind !== null && kind.kind === "event") this.#readEvent(kind);
      else this.#readBlock(kind);
    }
  }

  /** Nothing more is handed over, from the event on that follows the current one. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Hands over events as long as their blocks are as most are; the walker has to look at the one behind them. */
  #readCommonEvents(): void {
    const walker = this.#walker;
    const record = this.#record;
    const sink = this.#sink;
    let at = walker.showNext();
    if (at === null) return;
    record.show(walker.bytes, walker.view);
    while (!this.#isStopped) {
      const size = record.readCommon(at);
      if (size === 0) return;
      at += size;
      walker.moveTo(at);
      sink.event(record);
    }
  }

  /** The capture has no more bytes. */
  finish(): void {
    this.#walker.finish();
    if (this.#phase === "start") this.#fail("the file is empty");
    if (this.#phase === "metadata") this.#fail("the capture holds no events");
  }

  /** Refuses a block by its header, before its body is waited for. */
  #checkHeader(kind: BlockKind | null): void {
    const { type, total } = this.#walker;
    if (this.#phase === "start" && type !== SECTION_HEADER) {
      this.#fail("not a capture: it does not begin with a section header");
    }
    if (kind !== null && kind.kind === "event") {
      if (!kind.large && total - 8 > EVENT_BYTES_MAX) {
        this.#fail(`an event block of ${total} bytes, more than ${EVENT_BYTES_MAX}`);
      }
    } else if (this.#phase === "events" && kind?.kind !== "section") {
      this.#fail(`a block of type 0x${type.toString(16)} among the events`);
    }
  }

  #readBlock(kind: Exclude<BlockKind, { kind: "event" }> | null): void {
    const walker = this.#walker;
    if (walker.trailer !== walker.total) {
      this.#fail(`a block of ${walker.total} bytes ends as one of ${walker.trailer}`);
    }
    if (kind !== null) this.#readMetadata(kind, this.#cursor());
  }

  #readMetadata(kind: Exclude<BlockKind, { kind: "event" }>, cursor: Cursor): void {
    const sink = this.#sink;
    switch (kind.kind) {
      case "section":
        this.#readSection(cursor);
        return;
      case "machine":
        sink.machine(readMachineInfo(cursor));
        return;
      case "processes":
        readProcessList(cursor, kind.version, (entry) => sink.process(entry));
        return;
      case "fds": {
        const { tid, fds } = readFdList(cursor, kind.version);
        sink.fds(tid, fds);
        return;
      }
      case "interfaces":
        sink.interfaces(readInterfaceList(cursor, kind.version));
        return;
      case "users":
        sink.users(readUserList(cursor, kind.version));
        return;
      default:
        kind satisfies never;
    }
  }

  #readSection(cursor: Cursor): void {
    const magic = cursor.u32();
    if (magic !== BYTE_ORDER_MAGIC)
      cursor.fail(`a section of the foreign byte order 0x${magic.toString(16)}`);
    const major = cursor.u16();
    if (major > MAJOR_VERSION_MAX) cursor.fail(`a capture of the unknown version ${major}`);
    this.#phase = "metadata";
    this.#sink.section();
  }

  #readEvent(kind: Extract<BlockKind, { kind: "event" }>): void {
    if (this.#phase === "metadata") {
      this.#phase = "events";
      this.#sink.metadataEnd();
    }
    if (this.#record.read(this.#walker, kind)) this.#sink.event(this.#record);
  }

  #cursor(): Cursor {
    const { bytes, view, bodyStart, bodyEnd, fileOffset } = this.#walker;
    return new Cursor(bytes, view, bodyStart, bodyEnd, this.#path, fileOffset);
  }

  #fail(message: string): never {
    throw new SourceError(this.#path, this.#walker.offset, message);
  }
}
