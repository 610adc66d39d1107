// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { ByteSink } from "./byte-sink.ts";
import { type Cursor, PATH_BYTES_MAX } from "./cursor.ts";
import { FD_TYPE, type FdBody, type FdEntry } from "./records.ts";

const ENTRY_BYTES_MIN = 4;

// V8 compiles constants of the same file into the code.
const { fileV2, ipv4, ipv4Listening, ipv6, ipv6Listening, unix } = FD_TYPE;

/** Types whose entries hold a name and nothing else. */
const NAMED_TYPES: ReadonlySet<number> = new Set(
  Object.values(FD_TYPE).filter(
    (type) =>
      type !== FD_TYPE.unknown &&
      type !== FD_TYPE.fileV2 &&
      type !== FD_TYPE.unix &&
      (type < FD_TYPE.ipv4 || type > FD_TYPE.ipv6Listening),
  ),
);

/** Reads the descriptors of one thread. */
export function readFdList(cursor: Cursor, version: 1 | 2): { tid: number; fds: FdEntry[] } {
  const tid = cursor.id();
  const fds: FdEntry[] = [];
  while (cursor.remaining >= ENTRY_BYTES_MIN) {
    const entry = version === 2 ? cursor.enter(cursor.u32() - 4) : null;
    const fd = cursor.id();
    const ino = cursor.u64();
    fds.push({ fd, ino, body: readBody(cursor, cursor.u8(), version) });
    entry?.leave();
    cursor.checkEntries(fds.length);
  }
  return { tid, fds };
}

/** Writes one entry of a list of version 2. */
export function writeFd(sink: ByteSink, { fd, ino, body }: FdEntry): void {
  const start = sink.size;
  sink.u32(0);
  sink.u64(BigInt(fd));
  sink.u64(ino);
  sink.u8(body.type);
  writeBody(sink, body);
  sink.patchU32(start, sink.size - start);
}

function readBody(cursor: Cursor, type: number, version: 1 | 2): FdBody {
  switch (type) {
    case ipv4:
    case ipv6: {
      const size = type === ipv4 ? 4 : 16;
      const sourceAddress = cursor.bytes(size);
      const destinationAddress = cursor.bytes(size);
      return {
        kind: "socket",
        type,
        sourceAddress,
        destinationAddress,
        sourcePort: cursor.u16(),
        destinationPort: cursor.u16(),
        protocol: cursor.u8(),
      };
    }
    case ipv4Listening:
    case ipv6Listening: {
      const address = cursor.bytes(type === ipv4Listening ? 4 : 16);
      return { kind: "listening", type, address, port: cursor.u16(), protocol: cursor.u8() };
    }
    case unix:
      return {
        kind: "unix",
        type,
        source: cursor.u64(),
        destination: cursor.u64(),
        name: cursor.text(PATH_BYTES_MAX),
      };
    case fileV2: {
      const flags = cursor.u32();
      const name = cursor.text(PATH_BYTES_MAX);
      const device = version === 2 && cursor.remaining >= 4 ? cursor.u32() : null;
      return { kind: "file", type, flags, name, device };
    }
    default:
      return readNamed(cursor, type);
  }
}

function readNamed(cursor: Cursor, type: number): FdBody {
  if (!NAMED_TYPES.has(type)) {
    return { kind: "named", type: FD_TYPE.unsupported, name: `unknown-type:[${type}]` };
  }
  const name: ByteString = cursor.text(PATH_BYTES_MAX);
  return { kind: "named", type: type as Extract<FdBody, { kind: "named" }>["type"], name };
}

function writeBody(sink: ByteSink, body: FdBody): void {
  switch (body.kind) {
    case "socket":
      sink.bytes(body.sourceAddress);
      sink.bytes(body.destinationAddress);
      sink.u16(body.sourcePort);
      sink.u16(body.destinationPort);
      sink.u8(body.protocol);
      return;
    case "listening":
      sink.bytes(body.address);
      sink.u16(body.port);
      sink.u8(body.protocol);
      return;
    case "unix":
      sink.u64(body.source);
      sink.u64(body.destination);
      sink.text(body.name, PATH_BYTES_MAX);
      return;
    case "file":
      sink.u32(body.flags);
      sink.text(body.name, PATH_BYTES_MAX);
      if (body.device !== null) sink.u32(body.device);
      return;
    case "named":
      sink.text(body.name, PATH_BYTES_MAX);
      return;
    default:
      body satisfies never;
  }
}
