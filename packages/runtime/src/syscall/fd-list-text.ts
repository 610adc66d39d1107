// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { readI64Number } from "../capture/integers.ts";
import { descriptorType } from "../state/descriptor-text.ts";
import type { ParameterSlice } from "./parameter-value.ts";
import type { SyscallEvent } from "./syscall-event.ts";

/** Bytes of a descriptor and the events that are waited for. */
const ITEM_BYTES = 10;

/** A descriptor of a poll set. */
export interface PolledFd {
  readonly fd: number;
  readonly events: number;
}

/** Descriptors of a poll set, as many as the parameter really holds. */
export function readFdSet(event: SyscallEvent, { start, size }: ParameterSlice): PolledFd[] {
  if (size < 2) return [];
  const { view } = event;
  const count = Math.min(view.getUint16(start, true), Math.floor((size - 2) / ITEM_BYTES));
  return Array.from({ length: count }, (_, i) => {
    const at = start + 2 + i * ITEM_BYTES;
    return { fd: readI64Number(view, at), events: view.getUint16(at + 8, true) };
  });
}

/** `fd:` type and events in hexadecimal, separated by blanks. */
export function fdListText(event: SyscallEvent, slice: ParameterSlice): ByteString {
  const fds = event.thread?.fds ?? null;
  return readFdSet(event, slice)
    .map(({ fd, events }) => {
      const info = fds?.get(fd) ?? null;
      return `${fd}:${info === null ? "?" : descriptorType(info.type).char}${events.toString(16)}`;
    })
    .join(" ");
}
