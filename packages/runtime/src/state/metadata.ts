// SPDX-License-Identifier: Apache-2.0
import { FD_TYPE, type FdBody, type FdEntry, type ProcessEntry } from "../capture/records.ts";
import { endpointText } from "./address.ts";
import type { CgroupTable } from "./cgroup-table.ts";
import { FdInfo, PROTOCOL, ROLE } from "./fd-info.ts";
import { NulStrings } from "./nul-strings.ts";
import { withoutDeleted } from "./process-exec.ts";
import { unmapTuple } from "./socket-address.ts";
import { Thread } from "./thread.ts";
import type { ThreadTable } from "./thread-table.ts";

/** The thread that an entry of a process list tells of, not linked to others yet. */
export function threadOfEntry(entry: ProcessEntry, cgroups: CgroupTable): Thread {
  const thread = new Thread(entry.tid);
  thread.pid = entry.pid;
  thread.ptid = entry.ptid;
  thread.sid = entry.sid;
  thread.vpgid = entry.vpgid;
  thread.pgid = entry.pgid;
  thread.vtid = entry.vtid;
  thread.vpid = entry.vpid;
  thread.comm = entry.comm;
  thread.exe = entry.exe;
  thread.exepath = withoutDeleted(entry.exepath);
  thread.args = new NulStrings(entry.args);
  thread.root = entry.root;
  thread.cgroups = cgroups.read(entry.cgroups);
  thread.flags = entry.flags;
  thread.fdlimit = entry.fdlimit;
  thread.uid = entry.uid;
  thread.gid = entry.gid;
  thread.loginuid = entry.loginuid;
  thread.tty = entry.tty;
  thread.vmSizeKb = entry.vmSizeKb;
  thread.vmRssKb = entry.vmRssKb;
  thread.vmSwapKb = entry.vmSwapKb;
  thread.pageFaultsMajor = entry.pageFaultsMajor;
  thread.pageFaultsMinor = entry.pageFaultsMinor;
  thread.pidNamespaceStartNs = entry.pidNamespaceStartNs;
  thread.cloneTimeNs = BigInt(entry.cloneTimeNs ?? 0);
  thread.capInheritable = entry.capInheritable;
  thread.capPermitted = entry.capPermitted;
  thread.capEffective = entry.capEffective;
  thread.isExeWritable = entry.exeWritable;
  thread.isExeUpperLayer = entry.exeUpperLayer;
  thread.isExeLowerLayer = entry.exeLowerLayer;
  thread.isExeFromMemfd = entry.exeFromMemfd;
  thread.exeIno = entry.exeIno;
  thread.exeInoCtimeNs = entry.exeInoCtimeNs;
  thread.exeInoMtimeNs = entry.exeInoMtimeNs;
  if (thread.isMain) {
    thread.env = new NulStrings(entry.env);
    thread.changeDirectory(entry.cwd);
  }
  return thread;
}

/** Enters the descriptors of a thread. Gives the number that found no room. */
export function addFdEntries(thread: Thread, list: readonly FdEntry[]): number {
  let dropped = 0;
  for (const entry of list) {
    const info = fdOfBody(entry.body);
    info.ino = entry.ino;
    if (!thread.ownFds.set(entry.fd, info)) dropped++;
  }
  return dropped;
}

/**
 * Tells clients from servers among the IPv4 sockets of a process list: where the source port is one that any process
 * listens on, the owner is the server and the ends are the wrong way round.
 */
export function directSockets(threads: ThreadTable): void {
  const ports = listeningPorts(threads);
  for (const thread of threads.values()) {
    thread.ownFds.each((_fd, info) => {
      if (!info.isIpv4Socket) return;
      if (ports.has(info.sourcePort)) {
        info.swapEnds();
        info.name = info.connectionName();
        info.role = ROLE.server;
      } else info.role = ROLE.client;
    });
  }
}

function listeningPorts(threads: ThreadTable): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const thread of threads.values()) {
    thread.ownFds.each((_fd, info) => {
      if (info.isListening) ports.add(info.destinationPort);
    });
  }
  return ports;
}

function fdOfBody(body: FdBody): FdInfo {
  switch (body.kind) {
    case "socket":
      return socketOfBody(body);
    case "listening": {
      const info = new FdInfo(body.type, endpointText(body.address, body.port));
      info.destinationAddress = body.address;
      info.destinationPort = body.port;
      info.protocol = body.protocol;
      return info;
    }
    case "unix": {
      const info = new FdInfo(FD_TYPE.unix, body.name);
      info.role = body.name === "" ? ROLE.client : ROLE.server;
      return info;
    }
    case "file": {
      const info = new FdInfo(FD_TYPE.fileV2, body.name);
      info.flags = body.flags;
      info.device = body.device ?? 0;
      return info;
    }
    case "named":
      return new FdInfo(body.type, body.name);
    default:
      return body satisfies never;
  }
}

function socketOfBody(body: Extract<FdBody, { kind: "socket" }>): FdInfo {
  const ends = unmapTuple({ ...body, kind: "ip", family: body.type === FD_TYPE.ipv4 ? 4 : 6 });
  const info = new FdInfo(ends.family === 4 ? FD_TYPE.ipv4 : FD_TYPE.ipv6, "");
  info.setEnds(ends);
  info.protocol = body.protocol;
  info.isConnected = body.protocol === PROTOCOL.tcp;
  info.name = info.connectionName();
  return info;
}
