// SPDX-License-Identifier: Apache-2.0
import { EVENTS, type EventParameter } from "@falcoc/compiler/catalog";
import type { EventRecord } from "@falcoc/runtime";

/** A record, copied and decoded by the catalogue alone, so that the decoder of the runtime can be held against it. */
export interface Decoded {
  readonly name: string;
  readonly tid: number;
  readonly timestampNs: bigint;
  readonly cpu: number;
  /** Bytes from the first parameter's start to the end of the record. */
  readonly dataBytes: number;
  readonly lengths: readonly number[];
  /** By name: text without its NUL, lists as strings with NULs, numbers, hexadecimal bytes for the rest, null: absent. */
  readonly values: Readonly<Record<string, string | number | bigint | null>>;
}

const TEXT: ReadonlySet<string> = new Set(["CHARBUF", "FSPATH", "FSRELPATH"]);
const SIGNED: ReadonlySet<string> = new Set(["INT8", "INT16", "INT32", "INT64", "ERRNO", "FD", "PID"]);
const HEX: ReadonlySet<string> = new Set(["SOCKADDR", "SOCKTUPLE", "DYN", "FDLIST"]);

export function decode(record: EventRecord): Decoded {
  const { bytes, view, at, lengthsAt, dataAt, count, end } = record;
  const definition = EVENTS[record.code];
  if (definition === undefined) throw new Error(`no event has the code ${record.code}`);
  const lengths = Array.from({ length: count }, (_, i) => view.getUint16(lengthsAt + 2 * i, true));
  const values: Record<string, string | number | bigint | null> = {};
  let start = dataAt;
  for (const [i, length] of lengths.entries()) {
    const parameter = definition.parameters[i];
    const slice = Buffer.from(bytes.subarray(start, start + length));
    if (parameter !== undefined) values[parameter.name] = length === 0 ? null : decodeValue(parameter, slice);
    start += length;
  }
  return {
    name: definition.name,
    tid: Number(view.getBigUint64(at + 8, true)),
    timestampNs: view.getBigUint64(at, true),
    cpu: record.cpu,
    dataBytes: end - dataAt,
    lengths,
    values,
  };
}

function decodeValue(parameter: EventParameter, bytes: Buffer): string | number | bigint {
  const { type } = parameter;
  if (TEXT.has(type)) return bytes.toString("latin1", 0, bytes.length - 1);
  if (type === "BYTEBUF") return bytes.toString("latin1");
  if (HEX.has(type)) return bytes.toString("hex");
  if (bytes.length < 8)
    return SIGNED.has(type) ? bytes.readIntLE(0, bytes.length) : bytes.readUIntLE(0, bytes.length);
  const value = SIGNED.has(type) ? bytes.readBigInt64LE() : bytes.readBigUInt64LE();
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
