// SPDX-License-Identifier: Apache-2.0
import * as blocks from "./block-types.ts";
import { ByteSink } from "./byte-sink.ts";
import { HEADER_BYTES, lengthAt } from "./event-record.ts";
import { writeFd } from "./fd-list.ts";
import { writeInterface } from "./interface-list.ts";
import { writeMachineInfo } from "./machine-info.ts";
import { writeProcess } from "./process-list.ts";
import type {
  CaptureSink,
  EventRecord,
  FdEntry,
  GroupEntry,
  InterfaceEntry,
  MachineInfo,
  ProcessEntry,
  UserEntry,
} from "./records.ts";
import { writeUserOrGroup } from "./user-list.ts";

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const MAJOR_VERSION = 1;
const MINOR_VERSION = 2;
const BLOCK_OVERHEAD_BYTES = 12;

/**
 * Writes a capture as current tools do, block by block. What it is given in the order of a `CaptureSink` becomes an
 * uncompressed capture; a process list is written as soon as something else follows.
 */
export class CaptureWriter implements CaptureSink {
  readonly #write: (bytes: Buffer) => void;
  readonly #body = new ByteSink();
  readonly #processes = new ByteSink();

  /** `write` gets each block; the bytes are its to keep. */
  constructor(write: (bytes: Buffer) => void) {
    this.#write = write;
  }

  section(): void {
    this.#flushProcesses();
    this.#body.clear();
    this.#body.u32(BYTE_ORDER_MAGIC);
    this.#body.u16(MAJOR_VERSION);
    this.#body.u16(MINOR_VERSION);
    // The length of the section is not known before its end: all ones say so.
    this.#body.u32(0xffffffff);
    this.#body.u32(0xffffffff);
    this.#block(blocks.SECTION_HEADER, this.#body);
  }

  machine(info: MachineInfo): void {
    this.#list(blocks.MACHINE_INFO, [info], writeMachineInfo);
  }

  interfaces(list: readonly InterfaceEntry[]): void {
    this.#list(blocks.INTERFACE_LIST_V2, list, writeInterface);
  }

  users(list: readonly (UserEntry | GroupEntry)[]): void {
    this.#list(blocks.USER_LIST_V2, list, writeUserOrGroup);
  }

  process(entry: ProcessEntry): void {
    writeProcess(this.#processes, entry);
  }

  fds(tid: number, list: readonly FdEntry[]): void {
    this.#flushProcesses();
    this.#body.clear();
    this.#body.u64(BigInt(tid));
    for (const entry of list) writeFd(this.#body, entry);
    this.#block(blocks.FD_LIST_V2, this.#body);
  }

  metadataEnd(): void {
    this.#flushProcesses();
  }

  event(record: EventRecord): void {
    const body = this.#body;
    const large = record.lengthBytes === 4;
    body.clear();
    body.u16(record.cpu);
    if (record.flags !== 0) body.u32(record.flags);
    const lengthsBytes = record.count * record.lengthBytes;
    let dataBytes = 0;
    for (let i = 0; i < record.count; i++) dataBytes += lengthAt(record, i);
    body.copy(record.bytes, record.at, record.at + 16);
    body.u32(HEADER_BYTES + lengthsBytes + dataBytes);
    body.u16(record.code);
    body.u32(record.count);
    body.copy(record.bytes, record.lengthsAt, record.lengthsAt + lengthsBytes);
    body.copy(record.bytes, record.dataAt, record.dataAt + dataBytes);
    this.#block(eventBlock(record.flags !== 0, large), body);
  }

  #list<T>(type: number, list: readonly T[], write: (sink: ByteSink, entry: T) => void): void {
    this.#flushProcesses();
    this.#body.clear();
    for (const entry of list) write(this.#body, entry);
    this.#block(type, this.#body);
  }

  #flushProcesses(): void {
    if (this.#processes.size === 0) return;
    this.#block(blocks.PROCESS_LIST_V9, this.#processes);
    this.#processes.clear();
  }

  #block(type: number, body: ByteSink): void {
    const size = body.size;
    const padded = (size + 3) & ~3;
    const block = Buffer.alloc(padded + BLOCK_OVERHEAD_BYTES);
    block.writeUInt32LE(type, 0);
    block.writeUInt32LE(block.length, 4);
    body.take().copy(block, 8);
    block.writeUInt32LE(block.length, padded + 8);
    this.#write(block);
  }
}

function eventBlock(flagged: boolean, large: boolean): number {
  if (large) return flagged ? blocks.EVENT_FLAGS_V2_LARGE : blocks.EVENT_V2_LARGE;
  return flagged ? blocks.EVENT_FLAGS_V2 : blocks.EVENT_V2;
}
