// SPDX-License-Identifier: Apache-2.0
import { TRANSPORT_PROTOCOLS } from "@falcoc/compiler/catalog";
import { FD_TYPE, type FdBody } from "@falcoc/runtime";
import { addressOfWords } from "./addresses.ts";
import { readText } from "./read-proc.ts";

/** Sockets of one network namespace by their inode number. */
export type SocketTable = ReadonlyMap<string, FdBody>;

const IP_TABLES = [
  { file: "tcp", protocol: TRANSPORT_PROTOCOLS.indexOf("tcp") },
  { file: "tcp6", protocol: TRANSPORT_PROTOCOLS.indexOf("tcp") },
  { file: "udp", protocol: TRANSPORT_PROTOCOLS.indexOf("udp") },
  { file: "udp6", protocol: TRANSPORT_PROTOCOLS.indexOf("udp") },
  { file: "raw", protocol: TRANSPORT_PROTOCOLS.indexOf("raw") },
  { file: "raw6", protocol: TRANSPORT_PROTOCOLS.indexOf("raw") },
] as const;

/** Reads the tables of the network namespace that a process is in. */
export function readSockets(pid: number): SocketTable {
  const sockets = new Map<string, FdBody>();
  const table = (name: string) => (readText(`/proc/${pid}/net/${name}`) ?? "").split("\n").slice(1);
  for (const { file, protocol } of IP_TABLES) {
    for (const line of table(file)) add(sockets, ipSocket(line, protocol));
  }
  for (const line of table("unix")) add(sockets, unixSocket(line));
  for (const line of table("netlink")) add(sockets, netlinkSocket(line));
  return sockets;
}

type Found = readonly [inode: string, body: FdBody] | null;

function add(sockets: Map<string, FdBody>, found: Found): void {
  if (found !== null) sockets.set(...found);
}

/** `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …`. No other end: it listens. */
export function ipSocket(line: string, protocol: number): Found {
  const [, local, remote, , , , , , , inode] = line.trim().split(/\s+/);
  if (local === undefined || remote === undefined || inode === undefined) return null;
  const source = endpoint(local);
  const destination = endpoint(remote);
  const isIpv4 = source.address.length === 4;
  if (/^\0+$/.test(destination.address)) {
    const type = isIpv4 ? FD_TYPE.ipv4Listening : FD_TYPE.ipv6Listening;
    return [inode, { kind: "listening", type, ...source, protocol }];
  }
  return [
    inode,
    {
      kind: "socket",
      type: isIpv4 ? FD_TYPE.ipv4 : FD_TYPE.ipv6,
      sourceAddress: source.address,
      sourcePort: source.port,
      destinationAddress: destination.address,
      destinationPort: destination.port,
      protocol,
    },
  ];
}

/** `Num RefCount Protocol Flags Type St Inode Path`; the path may be missing, and may hold blanks. */
export function unixSocket(line: string): Found {
  const [, source, inode, name] = /^([0-9a-f]+): (?:\S+ +){5} *(\d+)(?: (.*))?$/.exec(line) ?? [];
  if (source === undefined || inode === undefined) return null;
  const body = { kind: "unix", type: FD_TYPE.unix, source: BigInt(`0x${source}`), destination: 0 } as const;
  return [inode, { ...body, name: name ?? "" }];
}

/** `sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode` */
function netlinkSocket(line: string): Found {
  const inode = line.trim().split(/\s+/)[9];
  return inode === undefined ? null : [inode, { kind: "named", type: FD_TYPE.netlink, name: "" }];
}

function endpoint(text: string): { address: string; port: number } {
  const [address = "", port = ""] = text.split(":");
  return { address: addressOfWords(address), port: Number.parseInt(port, 16) };
}
