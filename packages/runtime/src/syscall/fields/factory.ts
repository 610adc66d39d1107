// SPDX-License-Identifier: Apache-2.0
import type { Extractor, FieldUse, FieldValue } from "@falcoc/compiler/program";
import type { FdInfo } from "../../state/fd-info.ts";
import type { Thread } from "../../state/thread.ts";
import type { SyscallEvent } from "../syscall-event.ts";

/** Reads one field of a system call event; null: it has no value. */
export type Read = Extractor<SyscallEvent>;

/** Makes the reader of a field as a program uses it. */
export type Factory = (field: FieldUse) => Read;

/** Factories of a group of fields by name. */
export type Fields = Readonly<Record<string, Factory>>;

/** A field without argument. */
export function plain(read: Read): Factory {
  return () => read;
}

/** A field of the event's thread; it has no value where the thread is not known. */
export function ofThread(read: (thread: Thread, event: SyscallEvent) => FieldValue | null): Factory {
  return plain(fromThread(read));
}

/** As `ofThread`, for factories that look at the argument themselves. */
export function fromThread(read: (thread: Thread, event: SyscallEvent) => FieldValue | null): Read {
  return (event) => {
    const thread = event.thread;
    return thread === null ? null : read(thread, event);
  };
}

/** The descriptor that an event is about, also where it was only its number that was known at first. */
export function fdOf(event: SyscallEvent): FdInfo | null {
  if (event.fd !== null) return event.fd;
  const thread = event.thread;
  return thread?.fds?.get(thread.lastFd) ?? null;
}

/** The number of an index argument; null without argument, for names, and for -1, which stands for none. */
export function indexOf(argument: string | null): number | null {
  if (argument === null || !/^[+-]?[0-9]+$/.test(argument)) return null;
  const index = Number(argument);
  return index < 0 ? null : index;
}

/** A field that has no value for any event. */
export const never: Factory = plain(() => null);
