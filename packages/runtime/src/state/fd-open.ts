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

// V8 compiles constants of the same file that are not exported into the code.
const { directory, upperLayer, lowerLayer } = OPEN_FLAG;
const DIRECTORY = FD_TYPE.directory;
const FILE = FD_TYPE.fileV2;

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

/** One function reads all that an opening call tells, so that V8 has it compiled soon. */
function opener(layout: OpenLayout): Handler {
  return (state, event, thread) => {
    const fd = event.id(0, -1);
    if (fd < 0) return;
    const enter = thread.pendingEnter === null ? null : trustedEnter(state, event, thread, layout);
    const name = (enter === null ? event.text(layout.name) : enter.text(layout.name - 1)) ?? "<NA>";
    let flags = layout.flags < 0 ? 0 : event.u32(layout.flags, 0);
    if (enter !== null && layout.flags >= 0) flags = enter.u32(layout.flags - 1, 0) | (flags & EXIT_FLAGS);
    const info = new FdInfo(
      (flags & directory) !== 0 ? DIRECTORY : FILE,
      layout === BY_HANDLE
        ? name
        : state.paths.resolve(directoryOf(state, event, thread, layout, enter), name),
    );
    info.nameRaw = name;
    info.flags = flags;
    info.device = event.u32(layout.device, 0);
    info.ino = event.u64(layout.ino, 0);
    const layer = layout === CREAT ? event.u16(CREAT_LAYER_PARAMETER, 0) : 0;
    info.isUpperLayer = (flags & upperLayer) !== 0 || (layer & CREAT_LAYER.upper) !== 0;
    info.isLowerLayer = (flags & lowerLayer) !== 0 || (layer & CREAT_LAYER.lower) !== 0;
    state.addFd(event, thread, fd, info);
  };
}

/** The event that began the call, where it has the name: its arguments can't have been exchanged since. */
function trustedEnter(
  state: StateEngine,
  event: SyscallEvent,
  thread: Thread,
  layout: OpenLayout,
): SyscallEvent | null {
  const enter = layout.hasEnter ? state.pendingEnter(event, thread) : null;
  return enter !== null && enter.text(layout.name - 1) !== null ? enter : null;
}

/** What the name is relative to. Events that begin a call have no result before their arguments. */
function directoryOf(
  state: StateEngine,
  event: SyscallEvent,
  thread: Thread,
  layout: OpenLayout,
  enter: SyscallEvent | null,
): ByteString {
  const parameter = layout.directoryFd;
  if (parameter < 0) return thread.directory;
  return state.directoryBase(thread, enter === null ? event.id(parameter, -1) : enter.id(parameter - 1, -1));
}
