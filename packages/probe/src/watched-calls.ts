// SPDX-License-Identifier: Apache-2.0
import { EVENTS, eventNameOfSyscall, SYSCALLS } from "@falcoc/compiler/catalog";
import { COMPAT_CALLS } from "./compat-calls.ts";

/** A system call, by its native number, and the kernel program that sends its event. */
export interface WatchedCall {
  readonly number: number;
  readonly program: string;
  /** Made by the 32-bit convention of x86, with a number of its own. */
  readonly isCompat: boolean;
}

/** Native numbers are below this: see `bpf/maps.h`. */
const NATIVE_NUMBERS = 512;

/** Hooks that are always wanted: system calls that end, threads that do and, where no call tells, those that begin. */
const BASE_HOOKS: readonly string[] = [
  "on_sys_exit",
  "on_process_exit",
  ...(process.arch === "arm64" ? ["on_fork"] : []),
];

/** Hooks of events that are not system calls. */
const EVENT_HOOKS: Readonly<Record<string, readonly string[]>> = {
  signaldeliver: ["on_signal_deliver"],
  switch: ["on_sched_switch"],
  page_fault: process.arch === "x64" ? ["on_page_fault_user", "on_page_fault_kernel"] : [],
};

/** Events that come so often that they are only sent when named. */
const FREQUENT: ReadonlySet<string> = new Set(["switch", "page_fault"]);

/** Names of the events that the state of processes and descriptors is made from: they are always sent. */
const STATE_EVENTS: ReadonlySet<string> = new Set(
  EVENTS.filter((event) => !event.old && event.flags.includes("modifies_state")).map((event) => event.name),
);

/** System calls to be watched for the events of these names (as `evt.type` shows them); null: all. */
export function watchedCalls(names: ReadonlySet<string> | null): WatchedCall[] {
  const isWanted = (name: string) => names === null || names.has(name) || STATE_EVENTS.has(name);
  const native = SYSCALLS.flatMap((syscall) => {
    const number = nativeNumber(syscall);
    const name = eventNameOfSyscall(syscall);
    if (number === null || !isWanted(name)) return [];
    return [{ number, program: syscall.generic ? "exit_syscall" : `exit_${name}`, isCompat: false }];
  });
  const compat = COMPAT_CALLS.filter(([, name]) => process.arch === "x64" && isWanted(name));
  return [
    ...native,
    ...compat.map(([number, name]) => ({ number, program: `compat_${name}`, isCompat: true })),
  ];
}

/** Hooks to be attached for the events of these names; null: all but the most frequent. */
export function watchedHooks(names: ReadonlySet<string> | null): string[] {
  const isWanted = (event: string) => (names === null ? !FREQUENT.has(event) : names.has(event));
  return [
    ...BASE_HOOKS,
    ...Object.entries(EVENT_HOOKS).flatMap(([event, hooks]) => (isWanted(event) ? hooks : [])),
  ];
}

/** The schema's code of each native number of this architecture; 0 where there is no such call. */
export function nativeCodes(): Uint16Array {
  const codes = new Uint16Array(NATIVE_NUMBERS);
  for (const syscall of SYSCALLS) {
    const number = nativeNumber(syscall);
    if (number !== null) codes[number] = syscall.code;
  }
  return codes;
}

function nativeNumber(syscall: (typeof SYSCALLS)[number]): number | null {
  const number = process.arch === "x64" ? syscall.x86_64 : syscall.aarch64;
  return number !== null && number < NATIVE_NUMBERS ? number : null;
}
