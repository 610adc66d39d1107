// SPDX-License-Identifier: Apache-2.0
import { encodeText } from "@falcoc/compiler/program";
import { type Endpoint, encodeAddress, encodeTuple } from "./encode-event.ts";
import { parseEndpoint } from "./endpoint.ts";
import type { ScenarioResource } from "./scenario.ts";
import type { SimulatedMachine, SimulatedProcess } from "./simulated-machine.ts";

/** Values that steps may refer to as `${ resource.key }`. */
export type Bindings = Map<string, number | string>;

const AT_FDCWD = -100;
const CLIENT_PORT = 40_000;
const EINPROGRESS = -115;

/** Flags of open events, in the numbering of captures. */
const O_RDWR_CREAT = 3 | 4;
const O_F_CREATED = 0x4000;
const O_RDONLY_DIRECTORY = 1 | 0x400;

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;

type FdResource = Extract<ScenarioResource, { type: "fd" }>;
type ConnectionResource = Extract<ScenarioResource, { type: "clientServer" }>;

/** Makes a resource as the process `owner`, with the events that this causes. A problem in words, or null. */
export function simulateResource(
  machine: SimulatedMachine,
  owner: SimulatedProcess,
  resource: ScenarioResource,
  bindings: Bindings,
): string | null {
  switch (resource.type) {
    case "fd":
      bindings.set(`${resource.name}.fd`, openDescriptor(machine, owner, resource));
      return null;
    case "clientServer":
      return connect(machine, owner, resource, bindings);
    case "process": {
      if (resource.fileLess) {
        const fd = newFd(owner, "memfd");
        machine.call(owner, "memfd_create", { fd, name: encodeText(resource.process.name), flags: 0 });
      }
      const process = machine.spawn(owner, resource.process, resource.fileLess);
      bindings.set(`${resource.name}.pid`, process.tid);
      return null;
    }
    default:
      return resource satisfies never;
  }
}

/** The lowest number that the process has not used yet. */
export function newFd(process: SimulatedProcess, what: string): number {
  const fd = process.nextFd++;
  process.fds.set(fd, what);
  return fd;
}

function openDescriptor(machine: SimulatedMachine, owner: SimulatedProcess, resource: FdResource): number {
  const fd = newFd(owner, resource.subtype);
  const name = encodeText(resource.path ?? `/tmp/event-generator/${resource.name}`);
  switch (resource.subtype) {
    case "file": {
      const flags = O_RDWR_CREAT | (machine.files.has(name) ? 0 : O_F_CREATED);
      machine.files.add(name);
      machine.call(owner, "openat", {
        fd,
        dirfd: AT_FDCWD,
        name,
        flags,
        mode: 0o644,
        dev: 1,
        ino: 1000 + fd,
      });
      return fd;
    }
    case "directory":
      machine.call(owner, "openat", {
        fd,
        dirfd: AT_FDCWD,
        name,
        flags: O_RDONLY_DIRECTORY,
        mode: 0,
        dev: 1,
        ino: 1000 + fd,
      });
      return fd;
    case "pipe":
      machine.call(owner, "pipe2", { res: 0, fd1: fd, fd2: newFd(owner, "pipe"), ino: 1000 + fd, flags: 0 });
      return fd;
    case "event":
      machine.call(owner, "eventfd2", { res: fd, flags: 0, initval: 0 });
      return fd;
    case "signalfd":
      machine.call(owner, "signalfd4", { res: fd, flags: 0, fd: -1, mask: 0 });
      return fd;
    case "eventpoll":
      machine.call(owner, "epoll_create1", { res: fd, flags: 0 });
      return fd;
    case "inotify":
      machine.call(owner, "inotify_init1", { res: fd, flags: 0 });
      return fd;
    case "memfd":
      machine.call(owner, "memfd_create", { fd, name: encodeText(resource.name), flags: 0 });
      return fd;
    default:
      return resource.subtype satisfies never;
  }
}

/** A server listens and a client connects to it, both in one process. */
function connect(
  machine: SimulatedMachine,
  owner: SimulatedProcess,
  resource: ConnectionResource,
  bindings: Bindings,
): string | null {
  const server = parseEndpoint(resource.protocol, resource.address);
  if (server === null) return `"${resource.address}" is no address for ${resource.protocol}`;
  const client: Endpoint =
    "path" in server ? { path: "" } : { address: localAddress(server.address), port: CLIENT_PORT };
  const domain = "path" in server ? AF_UNIX : server.address.length === 4 ? AF_INET : AF_INET6;
  const stream = !resource.protocol.startsWith("udp");
  const type = stream ? SOCK_STREAM : SOCK_DGRAM;

  const listening = newFd(owner, "socket");
  machine.call(owner, "socket", { fd: listening, domain, type, proto: 0, flags: 0 });
  machine.call(owner, "bind", { res: 0, addr: encodeAddress(server), fd: listening });
  if (stream) machine.call(owner, "listen", { res: 0, fd: listening, backlog: 128 });

  const connecting = newFd(owner, "socket");
  machine.call(owner, "socket", { fd: connecting, domain, type, proto: 0, flags: 0 });
  const res = stream && domain !== AF_UNIX ? EINPROGRESS : 0;
  const tuple = encodeTuple(client, server);
  machine.call(owner, "connect", { res, tuple, fd: connecting, addr: encodeAddress(server) });
  if (stream) {
    const accepted = newFd(owner, "socket");
    machine.call(owner, "accept4", {
      fd: accepted,
      tuple,
      queuepct: 0,
      queuelen: 0,
      queuemax: 128,
      flags: 0,
    });
    bindings.set(`${resource.name}.accepted.fd`, accepted);
  }
  bindings.set(`${resource.name}.server.fd`, listening);
  bindings.set(`${resource.name}.client.fd`, connecting);
  return null;
}

/** Address that the kernel would choose for a client of `server`. */
function localAddress(server: string): string {
  if (server.length === 16) return server;
  return server.charCodeAt(0) === 127 ? "\x7f\0\0\x01" : "\x0a\0\0\x05";
}
