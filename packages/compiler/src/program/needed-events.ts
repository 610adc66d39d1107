// SPDX-License-Identifier: Apache-2.0
import type { ProgramRule } from "./program.ts";

/** What a source of events must deliver so that no rule misses a match. */
export interface NeededEvents {
  /** Event codes, sorted. Injected events can match any rule and are not listed. */
  readonly events: readonly number[] | "all";
  /** System call codes, sorted. */
  readonly syscalls: readonly number[] | "all";
}

/** The events that any of some rules can match; give only those that are enabled. */
export function neededEvents(rules: readonly Pick<ProgramRule, "events" | "syscalls">[]): NeededEvents {
  return {
    events: union(rules.map(({ events }) => events)),
    syscalls: union(rules.map(({ syscalls }) => syscalls)),
  };
}

function union(sets: readonly (readonly number[] | "all")[]): readonly number[] | "all" {
  const codes = new Set<number>();
  for (const set of sets) {
    if (set === "all") return "all";
    for (const code of set) codes.add(code);
  }
  return [...codes].sort((a, b) => a - b);
}
