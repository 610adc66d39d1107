// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { FD_TYPE } from "../capture/records.ts";
import type { SyscallEvent } from "../syscall/syscall-event.ts";
import { FdInfo } from "./fd-info.ts";
import type { Handler, Handlers } from "./handler.ts";
import type { StateEngine } from "./state-engine.ts";
import type { Thread } from "./thread.ts";

/** Flags of opening calls, in the numbering of events. */
export const OPEN_FLAG = {
  read: 1,
  write: 2,
  create: 4,
  directory: 1024,
  cloexec: 4096,
  tmpfile: 8192,
  created: 16384,
  upperLayer: 32768,
  lowerLayer: 65536,
} as const;

/** Flags that are known only once the call has been made. */
const EXIT_FLAGS = ~(OPEN_FLAG.created - 1);

const CREAT_LAYER = { upper: 1, lower: 2 } as const;

/** Where the events of a call keep what it opens. -1: not told. */
interface OpenLayout {
  readonly directoryFd: number;
  readonly name: number;
  readonly flags: number;
  readonly device: number;
  readonly ino: number;
  /** The event that began the call has the same parameters without the result. */
  readonly hasEnter: boolean;
}

const OPEN: OpenLayout = { directoryFd: -1, name: 1, flags: 2, device: 4, ino: 5, hasEnter: true };
const OPENAT: OpenLayout = { directoryFd: 1, name: 2, flags: 3, device: 5, ino: 6, hasEnter: true };
const OPENAT2: OpenLayout = { directoryFd: 1, name: 2, flags: 3, device: 6, ino: 7, hasEnter: true };
const CREAT: OpenLayout = { directoryFd: -1, name: 1, flags: -1, device: 3, ino: 4, hasEnter: true };
const BY_HANDLE: OpenLayout = { directoryFd: -1, name: 3, flags: 2, device: 4, ino: 5, hasEnter: false };
const CREAT_LAYER_PARAMETER = 5;

export const OPEN_HANDLERS: Handlers = {
  SYSCALL_OPEN_X: opener(OPEN),
  SYSCALL_OPENAT_2_X: opener(OPENAT),
  SYSCALL_OPENAT2_X: opener(OPENAT2),
  SYSCALL_CREAT_X: opener(CREAT),
  SYSCALL_OPEN_BY_HANDLE_AT_X: opener(BY_HANDLE),
};

function opener(layout: OpenLayout): Handler {
  return (state, event, thread) => {
    const fd = event.id(0, -1);
    if (fd < 0) return;
    const enter = layout.hasEnter ? state.pendingEnter(event, thread) : null;
    const trusted = enter !== null && enter.text(layout.name - 1) !== null ? enter : null;
    const info = openedFile(state, event, thread, layout, trusted);
    state.addFd(event, thread, fd, info);
  };
}

/** What a call opened. `enter` is the event that began it: its arguments can't have been exchanged since. */
function openedFile(
  state: StateEngine,
  event: SyscallEvent,
  thread: Thread,
  layout: OpenLayout,
  enter: SyscallEvent | null,
): FdInfo {
  const flags = openFlags(event, layout, enter);
  const name = (enter === null ? event.text(layout.name) : enter.text(layout.name - 1)) ?? "<NA>";
  const path = openedPath(state, enter ?? event, thread, layout, name, enter === null ? 0 : -1);
  const info = new FdInfo((flags & OPEN_FLAG.directory) !== 0 ? FD_TYPE.directory : FD_TYPE.fileV2, path);
  info.nameRaw = name;
  info.flags = flags;
  info.device = event.u32(layout.device, 0);
  info.ino = event.u64(layout.ino, 0);
  const creatLayer = layout === CREAT ? event.u16(CREAT_LAYER_PARAMETER, 0) : 0;
  info.isUpperLayer = (flags & OPEN_FLAG.upperLayer) !== 0 || (creatLayer & CREAT_LAYER.upper) !== 0;
  info.isLowerLayer = (flags & OPEN_FLAG.lowerLayer) !== 0 || (creatLayer & CREAT_LAYER.lower) !== 0;
  return info;
}

function openFlags(event: SyscallEvent, layout: OpenLayout, enter: SyscallEvent | null): number {
  if (layout.flags < 0) return 0;
  const exitFlags = event.u32(layout.flags, 0);
  return enter === null ? exitFlags : enter.u32(layout.flags - 1, 0) | (exitFlags & EXIT_FLAGS);
}

/** `shift` is what has to be added to the places of parameters: events that begin a call have no result. */
function openedPath(
  state: StateEngine,
  event: SyscallEvent,
  thread: Thread,
  layout: OpenLayout,
  name: ByteString,
  shift: number,
): ByteString {
  if (layout === BY_HANDLE) return name;
  if (layout.directoryFd < 0) return state.paths.resolve(thread.directory, name);
  const directoryFd = event.id(layout.directoryFd + shift, -1);
  return state.paths.resolve(state.directoryBase(thread, directoryFd), name);
}
