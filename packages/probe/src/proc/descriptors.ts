// SPDX-License-Identifier: Apache-2.0
import { FD_TYPE, type FdBody, type FdEntry } from "@falcoc/runtime";
import { openFlags } from "./open-flags.ts";
import { readLink, readNumbers, readStatus, readText } from "./read-proc.ts";
import { readSockets, type SocketTable } from "./sockets.ts";

/** More descriptors of one process are not kept by the engine either. */
const DESCRIPTORS_MAX = 4096;
const DELETED = " (deleted)";
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;
const S_IFIFO = 0o010000;

type NamedType = Extract<FdBody, { kind: "named" }>["type"];

/** What the kernel calls the files that it makes for calls that open none. */
const ANONYMOUS: readonly { readonly pattern: RegExp; readonly type: NamedType }[] = [
  { pattern: /^\[eventfd\]/, type: FD_TYPE.event },
  { pattern: /^\[eventpoll\]/, type: FD_TYPE.eventpoll },
  { pattern: /^inotify|^\[inotify\]/, type: FD_TYPE.inotify },
  { pattern: /^\[signalfd\]/, type: FD_TYPE.signalfd },
  { pattern: /^\[timerfd\]/, type: FD_TYPE.timerfd },
  { pattern: /^\[userfaultfd\]/, type: FD_TYPE.userfaultfd },
  { pattern: /^\[io_uring\]/, type: FD_TYPE.ioUring },
  { pattern: /^\[pidfd\]/, type: FD_TYPE.pidfd },
  { pattern: /^bpf|^\[bpf/, type: FD_TYPE.bpf },
];

/** Reads what descriptors refer to. Remembers the sockets of each network namespace that it meets. */
export class DescriptorReader {
  readonly #sockets = new Map<string, SocketTable>();

  /** Descriptors of a process; none where they cannot be seen. */
  read(pid: number): FdEntry[] {
    const entries: FdEntry[] = [];
    for (const fd of readNumbers(`/proc/${pid}/fd`).slice(0, DESCRIPTORS_MAX)) {
      const entry = this.#entry(pid, fd);
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  #entry(pid: number, fd: number): FdEntry | null {
    const target = readLink(`/proc/${pid}/fd/${fd}`);
    if (target === null) return null;
    const [, kind = "", rest = ""] = /^(socket|pipe|anon_inode|pidfd):(.*)$/s.exec(target) ?? [];
    switch (kind) {
      case "socket":
        return this.#socket(pid, fd, rest);
      case "pipe":
        return { fd, ino: inodeOf(rest), body: named(FD_TYPE.fifo, "") };
      case "pidfd":
        return { fd, ino: inodeOf(rest), body: pidfd(pid, fd) };
      case "anon_inode":
        return { fd, ino: 0, body: anonymous(pid, fd, rest) };
      default:
        return file(pid, fd, target);
    }
  }

  #socket(pid: number, fd: number, rest: string): FdEntry {
    const ino = inodeOf(rest);
    const body = this.#namespaceOf(pid).get(String(ino));
    return { fd, ino, body: body ?? named(FD_TYPE.unsupported, "") };
  }

  #namespaceOf(pid: number): SocketTable {
    const namespace = readLink(`/proc/${pid}/ns/net`) ?? "";
    const known = this.#sockets.get(namespace);
    if (known !== undefined) return known;
    const sockets = readSockets(pid);
    this.#sockets.set(namespace, sockets);
    return sockets;
  }
}

function anonymous(pid: number, fd: number, name: string): FdBody {
  const type = ANONYMOUS.find(({ pattern }) => pattern.test(name))?.type ?? FD_TYPE.unsupported;
  return type === FD_TYPE.pidfd ? pidfd(pid, fd) : named(type, "");
}

/** Named after the process that it stands for, as the event of its making has it. */
function pidfd(pid: number, fd: number): FdBody {
  const [, target] = /^Pid:\s*(\d+)$/m.exec(readText(`/proc/${pid}/fdinfo/${fd}`) ?? "") ?? [];
  return named(FD_TYPE.pidfd, target === undefined ? "" : `/proc/${target}`);
}

function file(pid: number, fd: number, target: string): FdEntry {
  const status = readStatus(`/proc/${pid}/fd/${fd}`);
  const ino = status === null ? 0 : Number(status.inode);
  const name = target.endsWith(DELETED) ? target.slice(0, -DELETED.length) : target;
  if (name.startsWith("/memfd:"))
    return { fd, ino, body: named(FD_TYPE.memfd, name.slice("/memfd:".length)) };
  switch ((status?.mode ?? 0) & S_IFMT) {
    case S_IFDIR:
      return { fd, ino, body: named(FD_TYPE.directory, name) };
    case S_IFIFO:
      return { fd, ino, body: named(FD_TYPE.fifo, name) };
    default: {
      const flags = fileFlags(pid, fd);
      return {
        fd,
        ino,
        body: { kind: "file", type: FD_TYPE.fileV2, flags, name, device: status?.device ?? 0 },
      };
    }
  }
}

function fileFlags(pid: number, fd: number): number {
  const [, octal = "0"] = /^flags:\s*([0-7]+)$/m.exec(readText(`/proc/${pid}/fdinfo/${fd}`) ?? "") ?? [];
  return openFlags(Number.parseInt(octal, 8));
}

function named(type: NamedType, name: string): FdBody {
  return { kind: "named", type, name };
}

/** The number in `[123]`. */
function inodeOf(text: string): number {
  return Number.parseInt(text.slice(1), 10);
}
