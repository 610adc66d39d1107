// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse, FieldValue } from "@falcoc/compiler/program";
import type { ContainerTable } from "../../state/container-table.ts";
import { type FdInfo, ROLE } from "../../state/fd-info.ts";
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
  "fd.cproto": ofFd((info) => {
    if (info.role === ROLE.none) return null;
    return info.isIpSocket ? String(info.sourcePort) : "";
  }),
  "fd.sproto": ofFd((info) => {
    if (info.isListening) return "";
    return info.isIpSocket && info.role !== ROLE.none ? String(info.destinationPort) : null;
  }),
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

/** Whether an address is one of this host. In a container its own counts, or that of any where it is not known. */
function isOwn(event: SyscallEvent, address: ByteString): boolean {
  const { containers, interfaces } = event.state;
  const containerId = event.thread?.containerId ?? "";
  if (address.length !== 4) return containerId === "" && interfaces.isLocalIpv6(address);
  if (containerId === "") return interfaces.hasIpv4(address);
  const own = containers.get(containerId)?.address ?? "";
  return own === "" ? isOfAnyContainer(containers, address) : own === address || interfaces.hasIpv4(address);
}

function isOfAnyContainer(containers: ContainerTable, address: ByteString): boolean {
  for (const one of containers.values()) if (one.address === address) return true;
  return false;
}
