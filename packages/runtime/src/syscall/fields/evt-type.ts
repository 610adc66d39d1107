// SPDX-License-Identifier: Apache-2.0
import {
  eventCodesOfName,
  eventNameOfSyscall,
  SYSCALLS,
  syscallOfCode,
  syscallOfNative,
  UNKNOWN_SYSCALL_CODE,
} from "@falcoc/compiler/catalog";
import type { ByteString } from "@falcoc/compiler/program";
import { FD_TYPE, type FdType } from "../../capture/records.ts";
import { EVENT_TRAITS } from "../../state/event-traits.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, never, plain } from "./factory.ts";

const GENERIC_ID = "GENERIC_X";
const ASYNC_ID = "ASYNCEVENT_E";
const ASYNC_NAME_PARAMETER = 1;

/** What kind of event it is, and where it comes from. */
export const EVT_TYPE_FIELDS: Fields = {
  "evt.num": plain((event) => event.number),
  "evt.type": plain(typeName),
  "evt.type.is": typeIs,
  "syscall.type": plain((event) => (event.definition.source === "syscall" ? typeName(event) : null)),
  "evt.category": plain(category),
  "evt.dir": plain((event) => (event.isExit ? "<" : ">")),
  "evt.cpu": plain((event) => event.cpu),
  "evt.source": plain((event) => event.source),
  "evt.pluginname": never,
  "evt.plugininfo": never,
  "evt.hostname": plain((event) => event.state.hostname),
  "evt.is_async": plain(isAsync),
  "evt.asynctype": plain((event) => (isAsync(event) ? typeName(event) : null)),
  "evt.infra.docker.name": never,
  "evt.infra.docker.container.id": never,
  "evt.infra.docker.container.name": never,
  "evt.infra.docker.container.image": never,
};

/** Name of the event, or of what it carries: a system call without events of its own, an injected event. */
function typeName(event: SyscallEvent): ByteString {
  const { id, name } = event.definition;
  if (id === GENERIC_ID) return genericName(event);
  return id === ASYNC_ID ? (event.text(ASYNC_NAME_PARAMETER) ?? name) : name;
}

function genericName(event: SyscallEvent): ByteString {
  const architecture = process.arch === "arm64" ? "aarch64" : "x86_64";
  const syscall = syscallOfCode(event.u16(0, 0)) ?? syscallOfNative(event.u16(1, 0), architecture);
  return syscall === null ? (SYSCALLS[UNKNOWN_SYSCALL_CODE]?.name ?? "") : eventNameOfSyscall(syscall);
}

/** Only the first event of that name counts, and its other half. */
function typeIs({ argument }: { readonly argument: string | null }): ReturnType<Factory> {
  const first = eventCodesOfName(argument ?? "")[0];
  return (event) => (first !== undefined && (event.code === first || event.code === first + 1) ? 1 : 0);
}

function isAsync(event: SyscallEvent): boolean {
  return EVENT_TRAITS[event.code]?.isMeta === true;
}

const IO_CATEGORIES: Readonly<Partial<Record<FdType, string>>> = {
  [FD_TYPE.file]: "file",
  [FD_TYPE.fileV2]: "file",
  [FD_TYPE.directory]: "file",
  [FD_TYPE.ipv4]: "net",
  [FD_TYPE.ipv6]: "net",
  [FD_TYPE.ipv4Listening]: "net",
  [FD_TYPE.ipv6Listening]: "net",
  [FD_TYPE.fifo]: "ipc",
  [FD_TYPE.unix]: "ipc",
  [FD_TYPE.event]: "ipc",
  [FD_TYPE.signalfd]: "ipc",
  [FD_TYPE.inotify]: "ipc",
  [FD_TYPE.userfaultfd]: "ipc",
};

/** Input and output is of the kind of its descriptor. */
function category(event: SyscallEvent): string {
  const { category } = event.definition;
  if (category === "ipc") return "IPC";
  if (!category.startsWith("io_")) return category;
  return (event.fd === null ? undefined : IO_CATEGORIES[event.fd.type]) ?? "unknown";
}
