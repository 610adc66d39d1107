// SPDX-License-Identifier: Apache-2.0
import { FD_TYPE } from "../capture/records.ts";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { ANY_IPV4, ANY_IPV6 } from "./address.ts";
import { type FdInfo, PROTOCOL, ROLE, type Role } from "./fd-info.ts";
import { type Handlers, onSuccess, type SuccessHandler } from "./handler.ts";
import type { InterfaceTable } from "./interface-table.ts";
import { type IpTuple, readSocketTuple, socketTupleText, unmapTuple } from "./socket-address.ts";
import { newSocket } from "./socket-calls.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

const FAMILY_IPV4 = 2;
const FAMILY_IPV6 = 10;
const DATAGRAM = 2;
const UDP = 17;

/** Place of the tuple among the parameters; -1: the call has none. */
const NO_TUPLE = -1;

type Direction = "receive" | "send";

/** Calls that read and write; on sockets they tell who talks to whom. */
export const SOCKET_IO_HANDLERS: Handlers = {
  SYSCALL_READ_X: transfer("receive", NO_TUPLE),
  SYSCALL_READV_X: transfer("receive", NO_TUPLE),
  SYSCALL_PREAD_X: transfer("receive", NO_TUPLE),
  SYSCALL_PREADV_X: transfer("receive", NO_TUPLE),
  SOCKET_RECV_X: transfer("receive", 4),
  SOCKET_RECVFROM_X: transfer("receive", 2),
  SOCKET_RECVMSG_X: transfer("receive", 3),
  SOCKET_RECVMMSG_X: transfer("receive", 4),
  SYSCALL_WRITE_X: transfer("send", NO_TUPLE),
  SYSCALL_WRITEV_X: transfer("send", NO_TUPLE),
  SYSCALL_PWRITE_X: transfer("send", NO_TUPLE),
  SYSCALL_PWRITEV_X: transfer("send", NO_TUPLE),
  SOCKET_SEND_X: transfer("send", 4, true),
  SOCKET_SENDTO_X: transfer("send", 4, true),
  SOCKET_SENDMSG_X: transfer("send", 4, true),
  SOCKET_SENDMMSG_X: transfer("send", 4),
};

/** `infers`: a socket that is not known is made up from the tuple. */
function transfer(direction: Direction, tupleParameter: number, infers = false): SuccessHandler {
  return onSuccess((state, event, thread) => {
    if (event.fd === null && infers) inferSocket(state, event, thread, tupleParameter);
    if (event.fd === null) return;
    if (event.fd.isIpSocket && !event.fd.isConnected) setConnected(state, event, thread);
    if (tupleParameter !== NO_TUPLE) updateEnds(state, event, thread, tupleParameter, direction);
  });
}

function setConnected(state: StateEngine, event: SyscallEvent, thread: Thread): void {
  const info = state.ownFd(event, thread);
  if (info !== null) info.isConnected = true;
}

function inferSocket(state: StateEngine, event: SyscallEvent, thread: Thread, tupleParameter: number): void {
  const tuple = readSocketTuple(event, tupleParameter);
  if (tuple?.kind !== "ip") return;
  const socket = newSocket(tuple.family === 4 ? FAMILY_IPV4 : FAMILY_IPV6, DATAGRAM, UDP);
  state.addFd(event, thread, thread.lastFd, socket);
}

function updateEnds(
  state: StateEngine,
  event: SyscallEvent,
  thread: Thread,
  tupleParameter: number,
  direction: Direction,
): void {
  if (event.fd === null || isSettled(event.fd)) return;
  const tuple = readSocketTuple(event, tupleParameter);
  if (tuple === null) return;
  const info = state.ownFd(event, thread);
  if (info === null) return;
  if (tuple.kind === "unix") {
    info.type = FD_TYPE.unix;
    info.name = socketTupleText(tuple);
    return;
  }
  if (!setEnds(info, tuple, state.interfaces)) return;
  if (info.role === ROLE.none) info.role = guessRole(thread, info, direction);
  // The source is the client, whichever way the data went.
  const sender = direction === "send" ? ROLE.client : ROLE.server;
  if (info.role !== sender) info.swapEnds();
  info.name = info.connectionName();
}

/** The ends of these connections stay what they are. */
function isSettled(info: FdInfo): boolean {
  return info.name !== "" && info.isIpv4Socket && info.protocol === PROTOCOL.tcp;
}

/** False: these are the ends that are known already, in this order or the other. */
function setEnds(info: FdInfo, tuple: IpTuple, interfaces: InterfaceTable): boolean {
  const ends = unmapTuple(tuple);
  if (info.isIpSocket && info.isBetween(ends)) return false;
  info.type = ends.family === 4 ? FD_TYPE.ipv4 : FD_TYPE.ipv6;
  info.setEnds(ends);
  if (info.protocol === PROTOCOL.unknown) info.protocol = PROTOCOL.udp;
  fillOwnAddress(info, interfaces);
  return true;
}

/** An end that is not bound to an address has the one that the machine uses towards the other end. */
function fillOwnAddress(info: FdInfo, interfaces: InterfaceTable): void {
  const none = info.isIpv4Socket ? ANY_IPV4 : ANY_IPV6;
  const missesSource = info.sourceAddress === none;
  if (!missesSource && info.destinationAddress !== none) return;
  const peer = missesSource ? info.destinationAddress : info.sourceAddress;
  const own = info.isIpv4Socket ? interfaces.ownIpv4(peer) : interfaces.ownIpv6(peer);
  if (own === null) return;
  if (own === peer && info.sourcePort === info.destinationPort) return;
  if (missesSource) info.sourceAddress = own;
  else info.destinationAddress = own;
}

/**
 * Who we are in a conversation without connection: a process that owns no port of the destination asks; of two
 * ports that it owns, the direction of the data tells which one answers.
 */
function guessRole(thread: Thread, info: FdInfo, direction: Direction): Role {
  let ownsDestination = false;
  let ownsSource = false;
  thread.fds?.each((_fd, one) => {
    if (one.isIpv4Socket || one.type === FD_TYPE.ipv4Listening) {
      if (one.destinationPort === info.destinationPort) ownsDestination = true;
    }
    if (one.isIpv4Socket && one.sourcePort === info.sourcePort) ownsSource = true;
  });
  if (!ownsDestination) return ROLE.client;
  if (!ownsSource) return ROLE.server;
  return direction === "receive" ? ROLE.server : ROLE.client;
}
