// SPDX-License-Identifier: Apache-2.0
import { EVENTS, type EventParameter, type ValueType } from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import type { EventRecord } from "../capture/records.ts";

/** A parameter's value: an integer, bytes (text without its NUL), or null for one that the kernel could not read. */
export type ParameterValue = number | bigint | ByteString | null;

const HEADER_BYTES = 26;

/** Writes one event of the current schema as a record. Parameters that `values` does not name are absent. */
export function encodeEvent(
  code: number,
  tid: number,
  timestampNs: bigint,
  values: Readonly<Record<string, ParameterValue>>,
): EventRecord {
  const definition = EVENTS[code];
  if (definition === undefined) throw new RangeError(`no event has the code ${code}`);
  const parameters = definition.parameters.map((one) => encodeParameter(one, values[one.name] ?? null));
  const lengthBytes = definition.large ? 4 : 2;
  const dataAt = HEADER_BYTES + parameters.length * lengthBytes;
  const end = parameters.reduce((sum, one) => sum + one.length, dataAt);
  const bytes = Buffer.alloc(end);
  bytes.writeBigUInt64LE(timestampNs, 0);
  bytes.writeBigUInt64LE(BigInt(tid), 8);
  bytes.writeUInt32LE(end, 16);
  bytes.writeUInt16LE(code, 20);
  bytes.writeUInt32LE(parameters.length, 22);
  let at = dataAt;
  parameters.forEach((one, index) => {
    if (lengthBytes === 4) bytes.writeUInt32LE(one.length, HEADER_BYTES + index * 4);
    else bytes.writeUInt16LE(one.length, HEADER_BYTES + index * 2);
    at += bytes.write(one, at, "latin1");
  });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = parameters.length;
  return {
    bytes,
    view,
    at: 0,
    code,
    cpu: 0,
    flags: 0,
    count,
    lengthsAt: HEADER_BYTES,
    lengthBytes,
    dataAt,
    end,
  };
}

/** Bytes of one parameter; an empty string is an absent one. */
function encodeParameter({ type }: EventParameter, value: ParameterValue): ByteString {
  if (value === null) return "";
  const bits = INTEGER_BITS[type];
  if (bits !== undefined) {
    if (typeof value === "string") throw new TypeError(`text where a ${type} belongs`);
    return littleEndian(BigInt.asUintN(bits, BigInt(value)), bits / 8);
  }
  const text = typeof value === "string" ? value : String(value);
  return TEXTS.has(type) ? `${text}\0` : text;
}

const TEXTS: ReadonlySet<ValueType> = new Set<ValueType>(["CHARBUF", "FSPATH", "FSRELPATH"]);

/** Width of the types that are stored as integers. */
const INTEGER_BITS: Readonly<Partial<Record<ValueType, 8 | 16 | 32 | 64>>> = {
  INT8: 8,
  UINT8: 8,
  FLAGS8: 8,
  ENUMFLAGS8: 8,
  SIGTYPE: 8,
  INT16: 16,
  UINT16: 16,
  FLAGS16: 16,
  ENUMFLAGS16: 16,
  SYSCALLID: 16,
  INT32: 32,
  UINT32: 32,
  FLAGS32: 32,
  ENUMFLAGS32: 32,
  UID: 32,
  GID: 32,
  MODE: 32,
  BOOL: 32,
  INT64: 64,
  UINT64: 64,
  ERRNO: 64,
  FD: 64,
  PID: 64,
  RELTIME: 64,
  ABSTIME: 64,
};

/** The lowest bytes of an integer, lowest first. */
export function littleEndian(value: bigint, count: number): ByteString {
  let bytes = "";
  for (let rest = value, i = 0; i < count; i++, rest >>= 8n)
    bytes += String.fromCharCode(Number(rest & 0xffn));
  return bytes;
}

/** One end of a connection: 4 or 16 bytes in network order, and a port; or a path. */
export type Endpoint =
  | { readonly address: ByteString; readonly port: number }
  | { readonly path: ByteString };

const FAMILY_UNIX = "\x01";
const FAMILY_INET = "\x02";
const FAMILY_INET6 = "\x0a";

/** Bytes of a socket address parameter. */
export function encodeAddress(endpoint: Endpoint): ByteString {
  if ("path" in endpoint) return `${FAMILY_UNIX}${endpoint.path}\0`;
  return family(endpoint.address) + endpoint.address + port(endpoint.port);
}

/** Bytes of a socket tuple parameter: source (client) first. */
export function encodeTuple(source: Endpoint, destination: Endpoint): ByteString {
  if ("path" in source || "path" in destination) {
    const path = "path" in destination ? destination.path : "";
    const kernelAddresses = littleEndian(0xffff000000000100n, 8) + littleEndian(0xffff000000000200n, 8);
    return `${FAMILY_UNIX}${kernelAddresses}${path}\0`;
  }
  return (
    family(destination.address) +
    source.address +
    port(source.port) +
    destination.address +
    port(destination.port)
  );
}

function family(address: ByteString): ByteString {
  return address.length === 4 ? FAMILY_INET : FAMILY_INET6;
}

function port(number: number): ByteString {
  return littleEndian(BigInt(number), 2);
}
