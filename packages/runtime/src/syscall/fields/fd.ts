// SPDX-License-Identifier: Apache-2.0
import { EVENTS, TRANSPORT_PROTOCOLS } from "@falcoc/compiler/catalog";
import type { ByteString, FieldUse, FieldValue } from "@falcoc/compiler/program";
import { toInteger } from "../../capture/integers.ts";
import { descriptorType, NO_TEXT } from "../../state/descriptor-text.ts";
import { EVENT_TRAITS } from "../../state/event-traits.ts";
import type { FdInfo } from "../../state/fd-info.ts";
import { parameterText } from "../parameter-text.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, fdOf, fromThread, indexOf, plain, type Read } from "./factory.ts";

/** The descriptor that the event is about. */
export const FD_FIELDS: Fields = {
  "fd.num": ofFdEvent((event) => event.thread?.lastFd ?? null),
  "fd.type": ofFd((info) => descriptorType(info.type).text ?? NO_TEXT),
  "fd.typechar": ofFdEvent((event) => typeChar(event)),
  "fd.name": ofFdEvent(fdName),
  "fd.nameraw": ofFdEvent(rawName),
  "fd.directory": ofFdEvent(directory),
  "fd.filename": ofFd((info) => (info.isFile ? fileName(info.name) : null)),
  "fd.l4proto": ofFd(protocol),
  "fd.sockfamily": ofFd((info) => (info.isIpSocket || info.isListening ? "ip" : info.isUnix ? "unix" : null)),
  "fd.uid": ofFdEvent((event) => {
    const thread = event.thread;
    return thread === null ? null : `${thread.tid}${thread.lastFd}`;
  }),
  "fd.containername": ofFdEvent((event) => inContainer(event, fdName(event))),
  "fd.containerdirectory": ofFdEvent((event) => inContainer(event, directory(event))),
  "fd.connected": ofFd((info) => info.isConnected),
  "fd.name_changed": ofFd((info) => info.name !== info.oldName),
  "fd.dev": ofFd((info) => info.device),
  "fd.dev.major": ofFd((info) => (info.device & 0xfff00) >>> 8),
  "fd.dev.minor": ofFd((info) => (info.device & 0xff) | ((info.device >>> 12) & 0xfff00)),
  "fd.ino": ofFd((info) => toInteger(BigInt.asIntN(64, BigInt(info.ino)))),
  "fd.types": types,
  "fd.is_upper_layer": ofFd((info) => info.isUpperLayer),
  "fd.is_lower_layer": ofFd((info) => info.isLowerLayer),
};

/** Whether an event is one of a descriptor: all others have no `fd.*` fields. */
function isFdEvent(event: SyscallEvent): boolean {
  return EVENT_TRAITS[event.code]?.hasFd === true;
}

/** A field of the descriptor; it has no value where the descriptor is not known. */
export function ofFd(read: (info: FdInfo, event: SyscallEvent) => FieldValue | null): Factory {
  return ofFdEvent((event) => {
    const info = fdOf(event);
    return info === null ? null : read(info, event);
  });
}

/** A field of events that are about a descriptor. */
function ofFdEvent(read: Read): Factory {
  return plain((event) => (isFdEvent(event) && event.thread !== null ? read(event) : null));
}

/** Name of the descriptor; where it is not known, what the arguments of the call say. */
function fdName(event: SyscallEvent): ByteString | null {
  return fdOf(event)?.name ?? nameFromArguments(event);
}

interface NamePlaces {
  readonly directory: number;
  readonly name: number;
}

/** Where a call names what it opens. */
const NAMED_BY: Readonly<Record<string, NamePlaces>> = {
  SYSCALL_OPEN_X: { directory: -1, name: 1 },
  SYSCALL_CREAT_X: { directory: -1, name: 1 },
  SYSCALL_OPENAT_2_X: { directory: 1, name: 2 },
  SYSCALL_OPENAT2_X: { directory: 1, name: 2 },
};
/** The same by event code; null for all other events. */
const NAMED_BY_CODE: readonly (NamePlaces | null)[] = EVENTS.map(({ id }) => NAMED_BY[id] ?? null);
const BY_HANDLE_PATH = 3;
const TUPLE = 1;

function nameFromArguments(event: SyscallEvent): ByteString | null {
  if (!event.isExit) return null;
  const place = NAMED_BY_CODE[event.code] ?? null;
  if (place !== null) {
    const name = event.text(place.name);
    if (name === null) return null;
    const { thread } = event;
    const base =
      place.directory < 0
        ? (thread?.directory ?? "")
        : event.state.directoryBase(thread, event.id(place.directory, -1));
    return event.state.paths.resolve(base, name);
  }
  switch (event.definition.name) {
    case "open_by_handle_at":
      return event.text(BY_HANDLE_PATH);
    case "accept":
    case "accept4":
    case "connect":
      return parameterText(event, TUPLE);
    default:
      return "";
  }
}

/** The path as the process gave it, repeated slashes made one. */
function rawName(event: SyscallEvent): ByteString | null {
  const info = fdOf(event);
  if (info !== null) return collapseSlashes(info.nameRaw);
  const { id } = event.definition;
  if (id === "SYSCALL_OPENAT_2_X" || id === "SYSCALL_OPENAT2_X") {
    const name = event.text(2);
    return name === null ? null : collapseSlashes(name);
  }
  return fdName(event);
}

function collapseSlashes(path: ByteString): ByteString {
  return path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
}

const SLASH = 0x2f;

function directory(event: SyscallEvent): ByteString | null {
  const info = fdOf(event);
  if (info !== null && !info.isFile && !info.isDirectory) return null;
  const name = fdName(event);
  return name === null || info?.isDirectory ? name : event.state.paths.directoryOf(name);
}

/** As `lastIndexOf`, which takes far longer than names are long. */
function lastSlash(path: ByteString): number {
  let at = path.length - 1;
  while (at >= 0 && path.charCodeAt(at) !== SLASH) at--;
  return at;
}

function fileName(path: ByteString): ByteString {
  const slash = lastSlash(path);
  if (slash < 0) return "/";
  return slash === path.length - 1 ? path : path.slice(slash + 1);
}

/** Types of what calls make, for those whose descriptor is not known. */
const GUESSED_TYPES: Readonly<Record<string, string>> = {
  openat: "f",
  openat2: "f",
  creat: "f",
  socket: "4",
  accept: "4",
  accept4: "4",
  pipe: "p",
  pipe2: "p",
  eventfd: "e",
  eventfd2: "e",
  signalfd: "s",
  signalfd4: "s",
  timerfd_create: "t",
  inotify_init: "i",
  inotify_init1: "i",
};
const UNKNOWN_TYPE = "o";

function typeChar(event: SyscallEvent): string {
  const info = fdOf(event);
  if (info !== null) return descriptorType(info.type).char;
  return GUESSED_TYPES[event.definition.name] ?? UNKNOWN_TYPE;
}

function protocol(info: FdInfo): string {
  return TRANSPORT_PROTOCOLS[info.shownProtocol] ?? NO_TEXT;
}

function inContainer(event: SyscallEvent, text: ByteString | null): ByteString | null {
  return text === null ? null : `${event.thread?.containerId ?? ""}:${text}`;
}

/** Types of all descriptors of the process, each once; or of one. */
function types({ argument }: FieldUse): Read {
  const index = indexOf(argument);
  return fromThread((thread, event) => {
    const fds = thread.fds;
    if (fds === null || !isFdEvent(event)) return null;
    if (index !== null) {
      const info = fds.get(index);
      return info === null ? null : [descriptorType(info.type).text ?? NO_TEXT];
    }
    return [...new Set([...fds.values()].map((info) => descriptorType(info.type).text ?? NO_TEXT))];
  });
}
