// SPDX-License-Identifier: Apache-2.0
import { FD_TYPE, type FdType } from "../capture/records.ts";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { ANY_IPV4, ANY_IPV6, isMappedIpv4, unmapIpv4 } from "./address.ts";
import { FdInfo, PROTOCOL, ROLE } from "./fd-info.ts";
import { type Handlers, onSuccess } from "./handler.ts";
import {
  type IpTuple,
  readSocketAddress,
  readSocketTuple,
  type SocketAddress,
  type SocketTuple,
  socketAddressText,
  socketTupleText,
  unixTupleText,
  unmapTuple,
} from "./socket-address.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

/** Families, in the numbering of events. */
const FAMILY = { unix: 1, ipv4: 2, ipv6: 10, netlink: 16 } as const;
const KIND = { stream: 1, datagram: 2, raw: 3 } as const;
/** Protocols by the number that a program gives; 0 leaves the choice to the kind of socket. */
const PROTOCOLS: ReadonlyMap<number, number> = new Map([
  [1, PROTOCOL.icmp],
  [6, PROTOCOL.tcp],
  [17, PROTOCOL.udp],
  [255, PROTOCOL.raw],
]);
const KIND_MASK = 0xff;
/** The connection is under way. */
const IN_PROGRESS = -115;

/** Calls that make sockets and give them their ends. */
export const SOCKET_HANDLERS: Handlers = {
  SOCKET_SOCKET_X: onSuccess(openSocket),
  SOCKET_SOCKETPAIR_X: onSuccess(openPair),
  SOCKET_BIND_X: onSuccess(bind),
  SOCKET_CONNECT_X: connect,
  SOCKET_ACCEPT_5_X: onSuccess(accept),
  SOCKET_ACCEPT4_6_X: onSuccess(accept),
};

/** A socket of a family that has no ends yet. */
export function newSocket(family: number, kind: number, protocol: number): FdInfo {
  const info = new FdInfo(socketType(family), "");
  if (!info.isIpSocket) return info;
  const none = info.isIpv4Socket ? ANY_IPV4 : ANY_IPV6;
  info.sourceAddress = none;
  info.destinationAddress = none;
  info.protocol = transport(kind, protocol);
  return info;
}

function socketType(family: number): FdType {
  switch (family) {
    case FAMILY.unix:
      return FD_TYPE.unix;
    case FAMILY.ipv4:
      return FD_TYPE.ipv4;
    case FAMILY.ipv6:
      return FD_TYPE.ipv6;
    case FAMILY.netlink:
      return FD_TYPE.netlink;
    default:
      return FD_TYPE.unknown;
  }
}

function transport(kind: number, protocol: number): number {
  if (kind === KIND.raw) return PROTOCOL.raw;
  if (protocol !== 0) return PROTOCOLS.get(protocol) ?? PROTOCOL.unknown;
  const plain = kind & KIND_MASK;
  if (plain === KIND.stream) return PROTOCOL.tcp;
  return plain === KIND.datagram ? PROTOCOL.udp : PROTOCOL.unknown;
}

function openSocket(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const info = newSocket(event.u32(1, 0), event.u32(2, 0), event.u32(3, 0));
  info.flags = event.u32(4, 0);
  state.addFd(event, thread, event.id(0, -1), info);
}

function openPair(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  state.addFd(event, thread, event.id(1, -1), new FdInfo(FD_TYPE.unix, ""));
  state.addFd(event, thread, event.id(2, -1), new FdInfo(FD_TYPE.unix, ""));
}

function bind(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const address = readSocketAddress(event, 1);
  if (address === null) return;
  const info = state.ownFd(event, thread);
  if (info === null) return;
  if (address.kind === "ip" && address.port > 0) listenOn(info, address);
  info.name = socketAddressText(address);
}

function listenOn(info: FdInfo, address: Extract<SocketAddress, { kind: "ip" }>): void {
  const isIpv4 = address.family === 4 || isMappedIpv4(address.address);
  info.type = isIpv4 ? FD_TYPE.ipv4Listening : FD_TYPE.ipv6Listening;
  info.destinationAddress = address.family === 6 && isIpv4 ? unmapIpv4(address.address) : address.address;
  info.destinationPort = address.port;
  info.sourceAddress = "";
  info.sourcePort = 0;
  info.role = ROLE.server;
}

function connect(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const result = event.id(0, -1);
  if (result < 0 && result !== IN_PROGRESS) return;
  const info = state.ownFd(event, thread);
  if (info === null) return;
  info.isConnected = true;
  const enter = state.pendingEnter(event, thread);
  const asked = enter === null ? null : readSocketAddress(enter, 1);
  if (!event.has(1)) {
    if (asked !== null) aim(info, asked, event);
    return;
  }
  const tuple = readSocketTuple(event, 1);
  if (tuple === null) return;
  const passed = readSocketAddress(event, 3);
  if (tuple.kind === "ip") connectIp(info, tuple, asked, passed);
  else connectUnix(info, tuple, asked, passed);
  if (info.role === ROLE.none) info.role = ROLE.client;
}

/** Only where the program wanted to connect is known, not what came of it. */
function aim(info: FdInfo, asked: SocketAddress, event: SyscallEvent): void {
  if (asked.kind === "unix") {
    info.type = FD_TYPE.unix;
    const tuple = readSocketTuple(event, 1);
    info.name = tuple === null ? "NULL" : socketTupleText(tuple);
    return;
  }
  if (asked.family === 6 && isMappedIpv4(asked.address)) {
    info.type = FD_TYPE.ipv4;
    info.destinationAddress = unmapIpv4(asked.address);
  } else {
    info.type = asked.family === 4 ? FD_TYPE.ipv4 : FD_TYPE.ipv6;
    info.destinationAddress = asked.address;
  }
  info.destinationPort = asked.port;
}

function connectIp(
  info: FdInfo,
  tuple: IpTuple,
  asked: SocketAddress | null,
  passed: SocketAddress | null,
): void {
  const end = trustedEnd(tuple, asked, passed);
  const ends = unmapTuple({ ...tuple, destinationAddress: end.address, destinationPort: end.port });
  const changed = info.setEnds(ends);
  info.type = ends.family === 4 ? FD_TYPE.ipv4 : FD_TYPE.ipv6;
  if (changed && info.role === ROLE.server && info.protocol === PROTOCOL.udp) info.swapEnds();
  info.name = info.connectionName();
}

/**
 * The destination of a connection. Where the call was made with the tuple's destination, what the program passed
 * when the call began counts: it can't have been exchanged since.
 */
function trustedEnd(
  tuple: IpTuple,
  asked: SocketAddress | null,
  passed: SocketAddress | null,
): { readonly address: string; readonly port: number } {
  const own = { address: tuple.destinationAddress, port: tuple.destinationPort };
  if (asked?.kind !== "ip" || passed?.kind !== "ip") return own;
  const isSame = passed.address === own.address && passed.port === own.port;
  return isSame && asked.family === tuple.family ? asked : own;
}

function connectUnix(
  info: FdInfo,
  tuple: Extract<SocketTuple, { kind: "unix" }>,
  asked: SocketAddress | null,
  passed: SocketAddress | null,
): void {
  info.type = FD_TYPE.unix;
  const isAsked = asked?.kind === "unix" && passed?.kind === "unix" && passed.path === tuple.path;
  info.name = unixTupleText(tuple.source, tuple.destination, isAsked ? asked.path : tuple.path);
}

function accept(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const fd = event.id(0, -1);
  thread.lastFd = fd;
  const tuple = readSocketTuple(event, 1);
  if (tuple === null) return;
  const info = tuple.kind === "ip" ? acceptedIp(tuple) : new FdInfo(FD_TYPE.unix, socketTupleText(tuple));
  info.role = ROLE.server;
  info.isConnected = true;
  if (event.definition.name === "accept4") info.flags = event.u32(5, 0);
  state.addFd(event, thread, fd, info);
}

function acceptedIp(tuple: IpTuple): FdInfo {
  const ends = unmapTuple(tuple);
  const info = new FdInfo(ends.family === 4 ? FD_TYPE.ipv4 : FD_TYPE.ipv6, "");
  info.setEnds(ends);
  info.protocol = PROTOCOL.tcp;
  info.name = info.connectionName();
  return info;
}
