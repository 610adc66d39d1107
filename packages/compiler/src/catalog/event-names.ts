// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "./events/index.ts";
import { lazy } from "./lazy.ts";
import { PLUGINS } from "./plugins/index.ts";
import { GENERIC_EVENTS, SYSCALLS } from "./syscalls.ts";
import type { SyscallDefinition } from "./types.ts";

export const ASYNC_EVENT_CODE = 402;
export const PLUGIN_EVENT_CODE = 322;
export const UNKNOWN_SYSCALL_CODE = 0;

/** Names of the events that known plugins inject. */
export const ASYNC_EVENT_NAMES: readonly string[] = PLUGINS.flatMap(({ asyncEvents }) => asyncEvents);

/**
 * Codes of all events that `evt.type` shows by this name: entries and exits, current and retired, and the generic
 * pair for a system call without events of its own. Empty for other names. Events that plugins inject are not here.
 */
export function eventCodesOfName(name: string): readonly number[] {
  return index().codes.get(name) ?? (index().syscalls.has(name) ? GENERIC_EVENTS : []);
}

/**
 * Codes of the system calls that events of this name may stand for. Empty for other names, and for the second
 * names (with a suffix such as 32) of calls that have events of their own.
 */
export function syscallCodesOfName(name: string): readonly number[] {
  const codes = index().codes.get(name);
  if (codes !== undefined) return [...new Set(codes.flatMap((code) => index().behind.get(code) ?? []))];
  const syscall = index().syscalls.get(name);
  return syscall?.generic ? [syscall.code] : [];
}

/**
 * Whether `evt.type` may be compared with a text: names of events and system calls, "unknown" and "", which are
 * the names of codes that no call has, and names of the events that plugins inject.
 */
export function isEventTypeName(text: string, injected: readonly string[] = ASYNC_EVENT_NAMES): boolean {
  return (
    text === "" ||
    injected.includes(text) ||
    text === EVENTS[0]?.name ||
    text === SYSCALLS[UNKNOWN_SYSCALL_CODE]?.name ||
    index().codes.has(text) ||
    index().syscalls.has(text)
  );
}

/** What `evt.type` shows for a system call: the name of its events, which lack suffixes such as 64. */
export function eventNameOfSyscall({ name, events, generic }: SyscallDefinition): string {
  const names = events.map((code) => EVENTS[code]?.name);
  return generic || names.includes(name) ? name : (names[0] ?? name);
}

/** The system call of a code; null for the unknown one and for codes that the schema lacks. */
export function syscallOfCode(code: number): SyscallDefinition | null {
  return index().byCode.get(code) ?? null;
}

/** The system call that has a number on an architecture; null when it is none. */
export function syscallOfNative(
  number: number,
  architecture: "x86_64" | "aarch64",
): SyscallDefinition | null {
  return natives[architecture]().get(number) ?? null;
}

interface NameIndex {
  /** Events by name, the generic pair left out. */
  readonly codes: ReadonlyMap<string, readonly number[]>;
  /** Codes of system calls by the code of an event. */
  readonly behind: ReadonlyMap<number, readonly number[]>;
  readonly syscalls: ReadonlyMap<string, SyscallDefinition>;
  readonly byCode: ReadonlyMap<number, SyscallDefinition>;
}

const index = lazy<NameIndex>(() => {
  const codes = new Map<string, number[]>();
  for (const event of EVENTS.slice(GENERIC_EVENTS.length)) push(codes, event.name, event.code);
  const known = SYSCALLS.filter((syscall) => syscall.code !== UNKNOWN_SYSCALL_CODE);
  const behind = new Map<number, number[]>();
  for (const syscall of known) {
    if (!syscall.generic) for (const code of syscall.events) push(behind, code, syscall.code);
  }
  return {
    codes,
    behind,
    syscalls: new Map(known.map((syscall) => [syscall.name, syscall])),
    byCode: new Map(known.map((syscall) => [syscall.code, syscall])),
  };
});

const natives = {
  x86_64: lazy(() => byNative("x86_64")),
  aarch64: lazy(() => byNative("aarch64")),
};

function byNative(architecture: "x86_64" | "aarch64"): Map<number, SyscallDefinition> {
  return new Map(
    SYSCALLS.flatMap((syscall) => {
      const number = syscall[architecture];
      return number === null ? [] : [[number, syscall] as const];
    }),
  );
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
