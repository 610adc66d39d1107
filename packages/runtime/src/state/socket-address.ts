// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { Integer } from "../capture/integers.ts";
import { readU64 } from "../capture/integers.ts";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { endpointText, isMappedIpv4, unmapIpv4 } from "./address.ts";
import type { Ends } from "./fd-info.ts";

const FAMILY_UNIX = 1;
const FAMILY_IPV4 = 2;
const FAMILY_IPV6 = 10;

/** One end, as `bind` and `connect` give it. */
export type SocketAddress =
  | { readonly kind: "ip"; readonly family: 4 | 6; readonly address: ByteString; readonly port: number }
  | { readonly kind: "unix"; readonly path: ByteString };

/** Both ends of a connection. */
export interface IpTuple extends Ends {
  readonly kind: "ip";
  readonly family: 4 | 6;
}

export type SocketTuple =
  | IpTuple
  | {
      readonly kind: "unix";
      readonly source: Integer;
      readonly destination: Integer;
      readonly path: ByteString;
    };

/** The parameter as an address. Null: absent, of another family, or shorter than its family needs. */
export function readSocketAddress(event: SyscallEvent, index: number): SocketAddress | null {
  const size = event.length(index);
  if (size === 0) return null;
  const { bytes, view } = event;
  const at = event.start(index);
  const ip = (family: 4 | 6): SocketAddress | null => {
    const addressBytes = family === 4 ? 4 : 16;
    if (size < 1 + addressBytes + 2) return null;
    const end = at + 1 + addressBytes;
    return {
      kind: "ip",
      family,
      address: event.bytesAt(at + 1, addressBytes),
      port: view.getUint16(end, true),
    };
  };
  switch (bytes[at]) {
    case FAMILY_IPV4:
      return ip(4);
    case FAMILY_IPV6:
      return ip(6);
    case FAMILY_UNIX: {
      const path = nulEnded(event, at + 1, at + size);
      return path === null ? null : { kind: "unix", path };
    }
    default:
      return null;
  }
}

/** The parameter as the two ends of a connection; null as for `readSocketAddress`. */
export function readSocketTuple(event: SyscallEvent, index: number): SocketTuple | null {
  const size = event.length(index);
  if (size === 0) return null;
  const at = event.start(index);
  switch (event.bytes[at]) {
    case FAMILY_IPV4:
      return readIpTuple(event, at, size, 4);
    case FAMILY_IPV6:
      return readIpTuple(event, at, size, 6);
    case FAMILY_UNIX:
      return readUnixTuple(event, at, size);
    default:
      return null;
  }
}

/** A tuple of mapped addresses as one of IPv4; all others as they are. */
export function unmapTuple(tuple: IpTuple): IpTuple {
  const { family, sourceAddress, destinationAddress } = tuple;
  if (family === 4 || !isMappedIpv4(sourceAddress) || !isMappedIpv4(destinationAddress)) return tuple;
  return {
    ...tuple,
    family: 4,
    sourceAddress: unmapIpv4(sourceAddress),
    destinationAddress: unmapIpv4(destinationAddress),
  };
}

/** `address:port`, or the path of a unix socket. */
export function socketAddressText(address: SocketAddress): ByteString {
  return address.kind === "ip" ? endpointText(address.address, address.port) : address.path;
}

/** `source->destination`; for unix sockets their addresses in the kernel, and the path. */
export function socketTupleText(tuple: SocketTuple): ByteString {
  if (tuple.kind === "unix") {
    return unixTupleText(tuple.source, tuple.destination, tuple.path);
  }
  const { sourceAddress, sourcePort, destinationAddress, destinationPort } = unmapTuple(tuple);
  return `${endpointText(sourceAddress, sourcePort)}->${endpointText(destinationAddress, destinationPort)}`;
}

export function unixTupleText(source: Integer, destination: Integer, path: ByteString): ByteString {
  return `${source.toString(16)}->${destination.toString(16)} ${path}`;
}

function readIpTuple(event: SyscallEvent, at: number, size: number, family: 4 | 6): SocketTuple | null {
  const { view } = event;
  const addressBytes = family === 4 ? 4 : 16;
  if (size < 1 + 2 * (addressBytes + 2)) return null;
  const source = at + 1;
  const destination = source + addressBytes + 2;
  return {
    kind: "ip",
    family,
    sourceAddress: event.bytesAt(source, addressBytes),
    sourcePort: view.getUint16(source + addressBytes, true),
    destinationAddress: event.bytesAt(destination, addressBytes),
    destinationPort: view.getUint16(destination + addressBytes, true),
  };
}

function readUnixTuple(event: SyscallEvent, at: number, size: number): SocketTuple | null {
  if (size < 1 + 16) return null;
  const path = nulEnded(event, at + 17, at + size);
  if (path === null) return null;
  return {
    kind: "unix",
    source: readU64(event.view, at + 1),
    destination: readU64(event.view, at + 9),
    path,
  };
}

/** Text that must end in NUL before `limit`; null: it does not. */
function nulEnded(event: SyscallEvent, start: number, limit: number): ByteString | null {
  let end = start;
  while (end < limit && event.bytes[end] !== 0) end++;
  return end >= limit ? null : event.bytes.toString("latin1", start, end);
}
