// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { compile } from "@falcoc/compiler";
import {
  ASYNC_EVENT_CODE,
  EVENTS,
  eventNameOfSyscall,
  GENERIC_EVENTS,
  SYSCALLS,
  syscallOfCode,
} from "@falcoc/compiler/catalog";
import { type NeededEvents, neededEvents } from "@falcoc/compiler/program";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

interface Record {
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly expect: { readonly event_names: readonly string[]; readonly syscall_names: readonly string[] };
}

/** Names of the events and of the system calls that all rules together need. */
export const loaderEvents: Suite = {
  name: "loader/ruleset_events",
  cases: (shared) =>
    readJsonLines<Record>(join(shared, "corpus/loader/ruleset_events.jsonl")).map(
      ({ id, files, expect }) => ({
        id,
        run() {
          const sources = files.map(({ name, content }) => ({ path: name, text: content }));
          const { ruleset } = compile(sources, { plugins: [] });
          const needed = neededEvents(ruleset.rules.filter(({ enabled }) => enabled));
          const ours = { event_names: eventNames(needed), syscall_names: syscallNames(needed) };
          return isDeepStrictEqual(ours, expect) ? null : `ours ${JSON.stringify(ours)}`;
        },
      }),
    ),
};

/** The generic event stands for every system call that has no event of its own. */
function eventNames({ events }: NeededEvents): readonly string[] {
  const codes = events === "all" ? EVENTS.map(({ code }) => code) : events;
  const names = [...codes, ASYNC_EVENT_CODE].flatMap((code) =>
    GENERIC_EVENTS.includes(code) ? GENERIC_NAMES : (EVENTS[code]?.name ?? []),
  );
  return [...new Set(names)].sort();
}

const GENERIC_NAMES = SYSCALLS.filter(({ generic }) => generic).map(({ name }) => name);

function syscallNames({ syscalls }: NeededEvents): readonly string[] {
  const codes = syscalls === "all" ? SYSCALLS.map(({ code }) => code) : syscalls;
  const known = codes.map(syscallOfCode).filter((syscall) => syscall !== null);
  return [...new Set(known.map(eventNameOfSyscall))].sort();
}
