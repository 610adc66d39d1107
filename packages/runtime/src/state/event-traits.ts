// SPDX-License-Identifier: Apache-2.0
import { EVENTS, type EventDefinition } from "@falcoc/compiler/catalog";

/** How the thread of an event is found. */
export const ATTACH = {
  /** Not at all. */
  never: 0,
  /** Only if it is known. */
  lookup: 1,
  /** A placeholder is made for one that is not known. */
  create: 2,
} as const;

/** What the state engine needs to know of the events of one code. */
export interface EventTraits {
  readonly attach: (typeof ATTACH)[keyof typeof ATTACH];
  /** Tells of the machine, not of a thread. */
  readonly isMeta: boolean;
  /** Changes the state even where the thread that made it is not known. */
  readonly runsWithoutThread: boolean;
  /** Place of the descriptor that the event is about; -1: it is about none. */
  readonly fdParameter: number;
  /** Makes a descriptor, or is about one, so that it has `fd.*` fields. */
  readonly hasFd: boolean;
  /** Begins a call, and is delivered for its arguments only. */
  readonly isPendingEnter: boolean;
  /** Changes what a thread is: its program, its rights, its container. */
  readonly changesProcess: boolean;
  /** Parameter 0 is the result of a call. */
  readonly hasResult: boolean;
}

/** Events of new threads: they make their own, for the caller or the child. */
const CLONES: readonly string[] = ["clone", "fork", "vfork", "clone3"];
const NEVER_CREATE: ReadonlySet<string> = new Set([...CLONES, "switch", "procexit"]);

const CHANGES_PROCESS: ReadonlySet<string> = new Set([
  ...["execve", "execveat", "chroot", "setsid", "capset", "unshare", "setns"],
  ...["setuid", "setreuid", "setresuid", "setgid", "setregid", "setresgid"],
]);

const FD_FLAGS = ["creates_fd", "uses_fd", "destroys_fd"] as const;

/** By code. */
export const EVENT_TRAITS: readonly EventTraits[] = EVENTS.map((event) => ({
  attach: attachOf(event),
  isMeta: isMeta(event),
  runsWithoutThread: isMeta(event) || CLONES.includes(event.name),
  fdParameter: event.flags.includes("uses_fd") ? fdParameterOf(event) : -1,
  hasFd: FD_FLAGS.some((flag) => event.flags.includes(flag)),
  isPendingEnter: event.direction === "enter" && event.source === "syscall",
  changesProcess: CHANGES_PROCESS.has(event.name),
  hasResult:
    event.direction === "exit" &&
    event.source === "syscall" &&
    event.id !== "GENERIC_X" &&
    event.parameters.length > 0,
}));

function isMeta(event: EventDefinition): boolean {
  return event.source === "meta" || event.source === "plugin";
}

function attachOf(event: EventDefinition): EventTraits["attach"] {
  if (isMeta(event)) return ATTACH.never;
  if (event.flags.includes("skipparsereset")) {
    return event.name === "procinfo" ? ATTACH.lookup : ATTACH.never;
  }
  return NEVER_CREATE.has(event.name) ? ATTACH.lookup : ATTACH.create;
}

/** The first descriptor among the arguments; a splice is about the end that is written to. */
function fdParameterOf({ name, direction, parameters }: EventDefinition): number {
  if (name === "splice") return 2;
  return parameters.findIndex(({ type }, i) => type === "FD" && (direction === "enter" || i > 0));
}
