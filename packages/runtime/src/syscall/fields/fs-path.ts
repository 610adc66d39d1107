// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { normalisePath, UNKNOWN_DIRECTORY } from "../../state/path.ts";
import { CURRENT_DIRECTORY } from "../../state/state-engine.ts";
import type { SyscallEvent } from "../syscall-event.ts";
import { type Factory, type Fields, fdOf, plain } from "./factory.ts";

/** What a relative path of a call begins with. */
type Base =
  | { readonly kind: "current" }
  /** The event's descriptor, whatever it is. */
  | { readonly kind: "descriptor" }
  /** The event's descriptor if it is a directory. */
  | { readonly kind: "directory" }
  /** A directory's descriptor in a parameter. */
  | { readonly kind: "parameter"; readonly index: number }
  | { readonly kind: "unknown" };

interface PathArgument {
  readonly parameter: number;
  readonly base: Base;
}

/** The paths of a call: one, or a source and a target. `fd`: the path is that of the descriptor. */
interface PathLayout {
  readonly name?: PathArgument | "fd";
  readonly source?: PathArgument;
  readonly target?: PathArgument;
}

type Side = keyof PathLayout;

const CURRENT: Base = { kind: "current" };
const DIRECTORY: Base = { kind: "directory" };

const at = (parameter: number, base: Base = CURRENT): PathArgument => ({ parameter, base });
const beside = (parameter: number, index: number): PathArgument =>
  at(parameter, { kind: "parameter", index });

const LAYOUTS: Readonly<Record<string, PathLayout>> = {
  SYSCALL_MKDIR_2_X: { name: at(1) },
  SYSCALL_MKDIRAT_X: { name: at(2, DIRECTORY) },
  SYSCALL_RMDIR_2_X: { name: at(1) },
  SYSCALL_UNLINK_2_X: { name: at(1) },
  SYSCALL_UNLINKAT_2_X: { name: at(2, DIRECTORY) },
  SYSCALL_CHOWN_X: { name: at(1) },
  SYSCALL_LCHOWN_X: { name: at(1) },
  SYSCALL_FCHOWN_X: { name: "fd" },
  SYSCALL_FCHOWNAT_X: { name: at(2, DIRECTORY) },
  SYSCALL_CHMOD_X: { name: at(1) },
  SYSCALL_FCHMOD_X: { name: "fd" },
  SYSCALL_FCHMODAT_X: { name: at(2, DIRECTORY) },
  SYSCALL_UMOUNT_1_X: { name: at(1) },
  SYSCALL_UMOUNT2_X: { name: at(1) },
  SYSCALL_QUOTACTL_X: { name: at(1) },
  SYSCALL_OPEN_X: { name: at(1, { kind: "descriptor" }) },
  SYSCALL_OPENAT_2_X: { name: at(2, { kind: "descriptor" }) },
  SYSCALL_OPENAT2_X: { name: at(2, { kind: "descriptor" }) },
  SYSCALL_RENAME_X: { source: at(1), target: at(2) },
  SYSCALL_RENAMEAT_X: { source: at(2), target: at(4) },
  SYSCALL_RENAMEAT2_X: { source: beside(2, 1), target: beside(4, 3) },
  SYSCALL_LINK_2_X: { source: at(2), target: at(1) },
  SYSCALL_LINKAT_2_X: { source: at(4), target: at(2) },
  SYSCALL_SYMLINK_X: { source: at(2), target: at(1) },
  SYSCALL_SYMLINKAT_X: { source: at(3, DIRECTORY), target: at(1, { kind: "unknown" }) },
  SYSCALL_MOUNT_X: { source: at(1), target: at(2) },
};

/** Paths of calls that name files, for those that succeeded. */
export const FS_PATH_FIELDS: Fields = {
  "fs.path.name": path("name", false),
  "fs.path.nameraw": path("name", true),
  "fs.path.source": path("source", false),
  "fs.path.sourceraw": path("source", true),
  "fs.path.target": path("target", false),
  "fs.path.targetraw": path("target", true),
};

function path(side: Side, raw: boolean): Factory {
  return plain((event) => {
    const place = LAYOUTS[event.definition.id]?.[side];
    if (place === undefined || event.thread === null || !succeeded(event)) return null;
    if (place === "fd") return fdOf(event)?.name ?? null;
    const given = event.text(place.parameter);
    if (given === null) return null;
    if (raw) return given;
    return given.startsWith("/") ? normalisePath("", given) : resolved(event, place.base, given);
  });
}

/** Opening calls count unless they gave no descriptor at all: other errors pass. */
function succeeded(event: SyscallEvent): boolean {
  const isOpen = event.definition.parameters[0]?.name === "fd";
  return isOpen ? event.id(0, -1) !== -1 : event.id(0, -1) === 0;
}

function resolved(event: SyscallEvent, base: Base, given: ByteString): ByteString {
  switch (base.kind) {
    case "current":
      return normalisePath(event.thread?.directory ?? "", given);
    case "descriptor":
      return normalisePath("", fdOf(event)?.name ?? UNKNOWN_DIRECTORY);
    case "directory": {
      const info = fdOf(event);
      return normalisePath(info?.isDirectory ? `${info.name}/` : UNKNOWN_DIRECTORY, given);
    }
    case "parameter":
      return normalisePath(
        event.state.directoryBase(event.thread, event.id(base.index, CURRENT_DIRECTORY)),
        given,
      );
    case "unknown":
      return normalisePath(UNKNOWN_DIRECTORY, given);
    default:
      return base satisfies never;
  }
}
