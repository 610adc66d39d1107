// SPDX-License-Identifier: Apache-2.0
import type { ByteString, FieldUse } from "@falcoc/compiler/program";
import { normalisePath, UNKNOWN_DIRECTORY } from "../../state/path.ts";
import { CURRENT_DIRECTORY } from "../../state/state-engine.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import type { Fields, Read } from "./factory.ts";

/** Where a call has a directory's descriptor and a path in it. -1: no descriptor. */
interface Place {
  readonly directory: number;
  readonly path: number;
}

/** Calls with one path, and calls with a source and a target. */
interface AbsolutePaths {
  readonly only?: Place;
  readonly src?: Place;
  readonly dst?: Place;
}

const CALLS: Readonly<Record<string, AbsolutePaths>> = {
  SYSCALL_RENAMEAT_X: { src: { directory: 1, path: 2 }, dst: { directory: 3, path: 4 } },
  SYSCALL_RENAMEAT2_X: { src: { directory: 1, path: 2 }, dst: { directory: 3, path: 4 } },
  SYSCALL_LINKAT_2_X: { src: { directory: 1, path: 2 }, dst: { directory: 3, path: 4 } },
  SYSCALL_SYMLINKAT_X: { only: { directory: 2, path: 3 } },
  SYSCALL_OPENAT_2_X: { only: { directory: 1, path: 2 } },
  SYSCALL_OPENAT2_X: { only: { directory: 1, path: 2 } },
  SYSCALL_UNLINKAT_2_X: { only: { directory: 1, path: 2 } },
  SYSCALL_MKDIRAT_X: { only: { directory: 1, path: 2 } },
  SYSCALL_FCHMODAT_X: { only: { directory: 1, path: 2 } },
  SYSCALL_FCHOWNAT_X: { only: { directory: 1, path: 2 } },
  SYSCALL_OPEN_BY_HANDLE_AT_X: { only: { directory: -1, path: 3 } },
};

/** The path of a call with its directory in front. */
export const EVT_ABSPATH_FIELDS: Fields = { "evt.abspath": absolutePath };

function absolutePath({ argument }: FieldUse): Read {
  const side = argument === "dst" ? "dst" : "src";
  return (event) => {
    const call = CALLS[event.definition.id];
    const place = call?.only ?? call?.[side];
    if (place === undefined || event.thread === null) return null;
    return pathAt(event, place);
  };
}

/** The directory's name and a slash, even where the name ends in one. */
function baseOf(event: SyscallEvent, fd: number): ByteString {
  if (fd === CURRENT_DIRECTORY) return event.thread?.directory ?? "";
  return `${event.thread?.fds?.get(fd)?.name || UNKNOWN_DIRECTORY}/`;
}

function pathAt(event: SyscallEvent, { directory, path }: Place): ByteString | null {
  const given = event.text(path);
  if (given === null) return null;
  if (directory < 0) return event.id(0, -1) > 0 ? given : null;
  const fd = event.id(directory, CURRENT_DIRECTORY);
  return normalisePath(baseOf(event, fd), given);
}
