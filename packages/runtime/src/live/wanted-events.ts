// SPDX-License-Identifier: Apache-2.0
import { EVENTS, eventNameOfSyscall, SYSCALLS } from "@falcoc/compiler/catalog";
import type { Program } from "@falcoc/compiler/program";

/** The kernel's events come from this source. */
export const KERNEL_SOURCE = "syscall";

/**
 * Names, as `evt.type` shows them, of the events of the kernel that the rules which take part can match; null: some
 * rule can match any. What the state of processes and descriptors needs is not among them unless a rule does too.
 */
export function wantedEvents(
  program: Program,
  isEnabled: (rule: number) => boolean,
): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const [number, { source, events, syscalls }] of program.rules.entries()) {
    if (source !== KERNEL_SOURCE || !isEnabled(number)) continue;
    if (events === "all" || syscalls === "all") return null;
    for (const code of events) names.add(EVENTS[code]?.name ?? "");
    for (const code of syscalls) names.add(SYSCALL_EVENTS.get(code) ?? "");
  }
  return names;
}

/** Name of the event of each system call, by the call's code. */
const SYSCALL_EVENTS: ReadonlyMap<number, string> = new Map(
  SYSCALLS.map((syscall) => [syscall.code, eventNameOfSyscall(syscall)]),
);
