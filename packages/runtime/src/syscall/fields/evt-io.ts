// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "@falcoc/compiler/catalog";
import type { FdInfo } from "../../state/fd-info.ts";
import { OPEN_FLAG } from "../../state/fd-open.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, fdOf, plain } from "./factory.ts";

const SYSLOG_SOCKET = "/dev/log";
const ANY_EXECUTE_BIT = 0o111;

/** Calls that concern files and connections even where they gave no descriptor. */
const FILE_CALLS: ReadonlySet<string> = new Set(["open", "creat", "openat", "openat2", "open_by_handle_at"]);
const NETWORK_CALLS: ReadonlySet<string> = new Set(["accept", "accept4", "connect"]);

/** What an event reads, writes or opens, and whether it fails at it. */
export const EVT_IO_FIELDS: Fields = {
  "evt.is_io": plain((event) => reads(event) || writes(event)),
  "evt.is_io_read": plain(reads),
  "evt.is_io_write": plain(writes),
  "evt.io_dir": plain((event) => (writes(event) ? "write" : reads(event) ? "read" : null)),
  "evt.is_wait": plain((event) => event.definition.flags.includes("waits")),
  "evt.is_syslog": plain((event) => writes(event) && (fdOf(event)?.name.includes(SYSLOG_SOCKET) ?? false)),
  "evt.is_open_read": plain((event) => (openFlags(event) & OPEN_FLAG.read) !== 0),
  "evt.is_open_write": plain((event) => (openFlags(event) & OPEN_FLAG.write) !== 0),
  "evt.is_open_exec": plain(opensExecutable),
  "evt.is_open_create": plain(
    (event) =>
      (openFlags(event) & OPEN_FLAG.created) !== 0 ||
      ((openFlags(event) & OPEN_FLAG.tmpfile) !== 0 && (event.result ?? -1) >= 0),
  ),
  "evt.buflen": transferred(any, any),
  "evt.buflen.in": transferred(ofCategory("io_read"), any),
  "evt.buflen.out": transferred(ofCategory("io_write"), any),
  "evt.buflen.file": transferred(any, isFile),
  "evt.buflen.file.in": transferred(ofCategory("io_read"), isFile),
  "evt.buflen.file.out": transferred(ofCategory("io_write"), isFile),
  "evt.buflen.net": transferred(any, isNetwork),
  "evt.buflen.net.in": transferred(ofCategory("io_read"), isNetwork),
  "evt.buflen.net.out": transferred(ofCategory("io_write"), isNetwork),
  "evt.count": plain(() => 1),
  "evt.count.exit": plain((event) => (event.isExit ? 1 : null)),
  "evt.count.error": failures(any),
  "evt.count.error.file": failures(isFileEvent),
  "evt.count.error.net": failures(isNetworkEvent),
  "evt.count.error.memory": failures(isMemoryEvent),
  "evt.count.error.other": failures(
    (event) => !isFileEvent(event) && !isNetworkEvent(event) && (event.fd !== null || !isMemoryEvent(event)),
  ),
  "evt.count.procinfo": plain((event) => (isProcessSnapshot(event) && event.thread?.isMain ? 1 : 0)),
  "evt.count.threadinfo": plain((event) => (isProcessSnapshot(event) ? 1 : 0)),
  "util.cnt": evaluations,
};

function any(): boolean {
  return true;
}

function ofCategory(category: string): (event: SyscallEvent) => boolean {
  return (event) => event.definition.category === category;
}

function reads(event: SyscallEvent): boolean {
  return event.definition.flags.includes("reads_from_fd");
}

function writes(event: SyscallEvent): boolean {
  return event.definition.flags.includes("writes_to_fd");
}

function isFile(info: FdInfo): boolean {
  return info.isFile;
}

function isNetwork(info: FdInfo): boolean {
  return info.isIpSocket || info.isListening;
}

function isProcessSnapshot(event: SyscallEvent): boolean {
  return event.definition.name === "procinfo";
}

/** Bytes that an event moved, on certain descriptors and in certain directions. */
function transferred(direction: (event: SyscallEvent) => boolean, kind: (info: FdInfo) => boolean): Factory {
  return plain((event) => {
    if (!event.isExit || !event.definition.category.startsWith("io_") || !direction(event)) return null;
    const { result } = event;
    const info = fdOf(event);
    return result === null || result < 0 || info === null || !kind(info) ? null : result;
  });
}

function failures(concerns: (event: SyscallEvent) => boolean): Factory {
  return plain((event) => {
    const { result } = event;
    if (result === null || !concerns(event)) return null;
    return result < 0 ? 1 : 0;
  });
}

function isFileEvent(event: SyscallEvent): boolean {
  const info = event.fd;
  return info === null ? FILE_CALLS.has(event.definition.name) : info.isFile || info.isDirectory;
}

function isNetworkEvent(event: SyscallEvent): boolean {
  const info = event.fd;
  return info === null ? NETWORK_CALLS.has(event.definition.name) : isNetwork(info) || info.isUnix;
}

function isMemoryEvent(event: SyscallEvent): boolean {
  return event.definition.category === "memory";
}

interface OpenPlaces {
  readonly flags: number;
  readonly mode: number;
}

/** Where opening calls keep flags and mode. */
const OPENS: Readonly<Record<string, OpenPlaces>> = {
  SYSCALL_OPEN_X: { flags: 2, mode: 3 },
  SYSCALL_OPENAT_2_X: { flags: 3, mode: 4 },
  SYSCALL_OPENAT2_X: { flags: 3, mode: 4 },
  SYSCALL_OPEN_BY_HANDLE_AT_X: { flags: 2, mode: -1 },
};
/** The same by event code; null for all other events. */
const OPENS_BY_CODE: readonly (OpenPlaces | null)[] = EVENTS.map(({ id }) => OPENS[id] ?? null);
const CREAT_MODE = 2;

/** Flags of an opening call; 0 for all other events, and for creat. */
function openFlags(event: SyscallEvent): number {
  const places = OPENS_BY_CODE[event.code] ?? null;
  return places === null ? 0 : event.u32(places.flags, 0);
}

function opensExecutable(event: SyscallEvent): boolean {
  if (event.definition.id === "SYSCALL_CREAT_X") return (event.u32(CREAT_MODE, 0) & ANY_EXECUTE_BIT) !== 0;
  const mode = OPENS_BY_CODE[event.code]?.mode ?? -1;
  if (mode < 0 || (openFlags(event) & (OPEN_FLAG.tmpfile | OPEN_FLAG.create)) === 0) return false;
  return (event.u32(mode, 0) & ANY_EXECUTE_BIT) !== 0;
}

/** How often this very field was asked for. */
function evaluations(): ReturnType<Factory> {
  let count = 0;
  return () => ++count;
}
