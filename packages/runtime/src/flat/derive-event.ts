// SPDX-License-Identifier: Apache-2.0
import { ERRNO_NAMES, type EventFlag } from "@falcoc/compiler/catalog";
import type { FieldValue } from "@falcoc/compiler/program";
import { type Derivation, type Known, sameAs } from "./derivation.ts";

/** Fields of `evt.*` that follow from the type and the result of an event. */
export const EVENT_DERIVATIONS: readonly Derivation[] = [
  {
    field: "evt.dir",
    from: ["evt.type"],
    description: '"<", the direction of all system call events, and ">" for events that have no other',
    derive: ({ event }) => (event === null ? null : event.direction === "exit" ? "<" : ">"),
  },
  {
    field: "syscall.type",
    from: ["evt.type"],
    description: "the type of a system call event",
    derive: ({ event, text }) => (event?.source === "syscall" ? text("evt.type") : null),
  },
  {
    field: "evt.category",
    from: ["evt.type", "fd.type"],
    description: "the category of the type; of reads and writes, that of what they work on",
    derive: ({ event, text }) => (event === null ? null : category(event.category, text("fd.type"))),
  },
  {
    field: "evt.failed",
    from: ["evt.rawres", "evt.res"],
    description: "whether the result is an error",
    derive: (known) => failed(known),
  },
  {
    field: "evt.res",
    from: ["evt.rawres", "evt.failed"],
    description: "SUCCESS, or the name of the error that the result is",
    derive: ({ integer, flag }) => {
      const result = integer("evt.rawres");
      if (result !== null && result < 0) return ERRNO_NAMES[-result] ?? String(result);
      return result !== null || flag("evt.failed") === false ? "SUCCESS" : null;
    },
  },
  {
    field: "evt.count",
    from: [],
    description: "1",
    derive: () => 1,
  },
  {
    field: "evt.count.exit",
    from: ["evt.type"],
    description: "1 when the event is the end of a system call",
    derive: ({ event }) => (event?.direction === "exit" ? 1 : null),
  },
  {
    field: "evt.count.error",
    from: ["evt.failed"],
    description: "1 for an error, 0 for none",
    derive: ({ flag }) => asCount(flag("evt.failed")),
  },
  hasFlag("evt.is_io", "reads_from_fd", "writes_to_fd"),
  hasFlag("evt.is_io_read", "reads_from_fd"),
  hasFlag("evt.is_io_write", "writes_to_fd"),
  hasFlag("evt.is_wait", "waits"),
  {
    field: "evt.io_dir",
    from: ["evt.type"],
    description: "read or write, for events that do either",
    derive: ({ flag }) =>
      flag("evt.is_io_write") === true ? "write" : flag("evt.is_io_read") === true ? "read" : null,
  },
  openFlag("evt.is_open_read", ["O_RDONLY", "O_RDWR"]),
  openFlag("evt.is_open_write", ["O_WRONLY", "O_RDWR"]),
  {
    field: "evt.is_open_create",
    from: ["evt.type", "evt.arg.flags", "evt.failed"],
    description: "whether the flags say that a file was created; false for events that open nothing",
    derive: (known) => {
      const flags = openFlags(known);
      if (flags === null || flags === "other") return flags === null ? null : false;
      return (
        flags.includes("O_F_CREATED") || (flags.includes("O_TMPFILE") && known.flag("evt.failed") === false)
      );
    },
  },
  {
    field: "evt.is_open_exec",
    from: ["evt.type", "evt.arg.flags", "evt.arg.mode"],
    description: "whether a file was created that may be executed; false for events that create none",
    derive: isOpenExec,
  },
  ...["evt.latency", "evt.latency.s", "evt.latency.ns", "evt.latency.quantized", "evt.wait_latency"].map(
    (field): Derivation => ({ field, from: [], description: "0", derive: () => 0 }),
  ),
  { field: "evt.latency.human", from: [], description: "0ns", derive: () => "0ns" },
  sameAs("evt.info", "evt.args", "the arguments"),
];

function hasFlag(field: string, ...flags: readonly EventFlag[]): Derivation {
  return {
    field,
    from: ["evt.type"],
    description: "whether events of the type do that",
    derive: ({ event }) => event?.flags.some((flag) => flags.includes(flag)) ?? null,
  };
}

function openFlag(field: string, names: readonly string[]): Derivation {
  return {
    field,
    from: ["evt.type", "evt.arg.flags"],
    description: `whether the flags have ${names.join(" or ")}; false for events that open nothing`,
    derive: (known) => {
      const flags = openFlags(known);
      if (flags === null) return null;
      return flags !== "other" && names.some((name) => flags.includes(name));
    },
  };
}

const OPENING = ["open", "openat", "openat2", "open_by_handle_at"];

/** Names of the flags of an event that opens; "other" for other events, null when they are not known. */
function openFlags({ event, text }: Known): readonly string[] | "other" | null {
  if (event === null) return null;
  if (!OPENING.includes(event.name)) return "other";
  return text("evt.arg.flags")?.split("|") ?? null;
}

/** Whether a mode, in octal digits or by the names of its bits, lets anybody execute the file. */
function isExecutable(mode: string): boolean {
  return mode.includes("S_IX") || (Number.parseInt(mode, 8) & 0o111) !== 0;
}

function isOpenExec(known: Known): FieldValue | null {
  const mode = known.text("evt.arg.mode");
  if (known.event?.name === "creat") return mode === null ? null : isExecutable(mode);
  const flags = openFlags(known);
  if (flags === null) return null;
  if (flags === "other" || known.event?.name === "open_by_handle_at") return false;
  if (!flags.includes("O_CREAT") && !flags.includes("O_TMPFILE")) return false;
  return mode === null ? null : isExecutable(mode);
}

/** Categories that depend on what is read or written are `io_read`, `io_write` and `io_other` in the event table. */
function category(own: string, fdType: string | null): string {
  if (!own.startsWith("io_")) return own === "ipc" ? "IPC" : own;
  if (fdType === "file" || fdType === "directory") return "file";
  if (fdType === "ipv4" || fdType === "ipv6") return "net";
  return fdType === null || fdType === "<NA>" ? "unknown" : "ipc";
}

function failed({ integer, text }: Known): boolean | null {
  const result = integer("evt.rawres");
  if (result !== null) return result < 0;
  const name = text("evt.res");
  return name === null ? null : name !== "SUCCESS";
}

function asCount(flag: boolean | null): number | null {
  return flag === null ? null : flag ? 1 : 0;
}
