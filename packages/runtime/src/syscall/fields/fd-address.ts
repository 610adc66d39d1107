// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse, FieldValue } from "@falcoc/compiler/program";
import { type FdInfo, ROLE } from "../../state/fd-info.ts";
import type { Thread } from "../../state/thread.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, never } from "./factory.ts";
import { ofFd } from "./fd.ts";

/** One end of a connection. */
interface End {
  readonly address: ByteString;
  readonly port: number;
}

/** Finds an end of the event's socket; null: it has none, or it is not known which it is. */
type FindEnd = (info: FdInfo, event: SyscallEvent) => End | null;

/** Addresses and ports of sockets: by role (client, server), and by place (this host, the other). */
export const FD_ADDRESS_FIELDS: Fields = {
  "fd.cip": address(client),
  "fd.sip": address(serverAddress),
  "fd.lip": address(local),
  "fd.rip": address(remote),
  "fd.cnet": address(client),
  "fd.snet": address(serverAddress),
  "fd.lnet": address(local),
  "fd.rnet": address(remote),
  "fd.cport": port(client),
  "fd.sport": port(serverPort),
  "fd.lport": port(local),
  "fd.rport": port(remote),
  "fd.cproto": portText(client),
  "fd.sproto": portText(serverPort),
  "fd.lproto": portText(local),
  "fd.rproto": portText(remote),
  "fd.cip.name": never,
  "fd.sip.name": never,
  "fd.lip.name": never,
  "fd.rip.name": never,
  "fd.ip": candidates((end) => end.address),
  "fd.net": candidates((end) => end.address),
  "fd.port": candidates((end) => end.port),
  "fd.proto": candidates((end) => end.port),
  "fd.is_server": ofFd((info, event) => {
    if (info.isListening) return true;
    return info.isIpSocket && isOwn(event, info.destinationAddress);
  }),
};

function address(find: FindEnd): Factory {
  return ofFd((info, event) => find(info, event)?.address ?? null);
}

function port(find: FindEnd): Factory {
  return ofFd((info, event) => find(info, event)?.port ?? null);
}

function portText(find: FindEnd): Factory {
  return ofFd((info, event) => {
    const end = find(info, event);
    return end === null ? null : String(end.port);
  });
}

/** Both ends, for fields that either may satisfy; other descriptors have none. */
function candidates(read: (end: End) => ByteString | number): (field: FieldUse) => ReturnType<Factory> {
  return ofFd((info): FieldValue | null => ends(info).map(read));
}

function ends(info: FdInfo): End[] {
  if (info.isListening) return [destination(info)];
  return info.isIpSocket ? [source(info), destination(info)] : [];
}

function source(info: FdInfo): End {
  return { address: info.sourceAddress, port: info.sourcePort };
}

function destination(info: FdInfo): End {
  return { address: info.destinationAddress, port: info.destinationPort };
}

function client(info: FdInfo): End | null {
  return info.isIpSocket && info.role !== ROLE.none ? source(info) : null;
}

function serverAddress(info: FdInfo): End | null {
  if (info.role === ROLE.none) return null;
  return info.isIpSocket || info.isListening ? destination(info) : null;
}

function serverPort(info: FdInfo): End | null {
  return info.isListening ? destination(info) : serverAddress(info);
}

function local(info: FdInfo, event: SyscallEvent): End | null {
  if (!info.isIpSocket || info.role === ROLE.none) return null;
  return isOwn(event, info.sourceAddress) ? source(info) : destination(info);
}

function remote(info: FdInfo, event: SyscallEvent): End | null {
  if (!info.isIpSocket || info.role === ROLE.none) return null;
  return isOwn(event, info.sourceAddress) ? destination(info) : source(info);
}

/** Whether an address is one of this host, or for a process in a container of that container. */
function isOwn(event: SyscallEvent, address: ByteString): boolean {
  const { interfaces } = event.state;
  if (address.length !== 4) return interfaces.isLocalIpv6(address);
  return interfaces.hasIpv4(address) || isOfContainer(event, event.thread, address);
}

function isOfContainer(event: SyscallEvent, thread: Thread | null, address: ByteString): boolean {
  if (thread === null || thread.containerId === "") return false;
  const { containers } = event.state;
  const own = containers.get(thread.containerId)?.address ?? "";
  if (own !== "") return own === address;
  for (const container of containers.values()) if (container.address === address) return true;
  return false;
}
