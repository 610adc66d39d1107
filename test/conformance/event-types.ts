// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { eventTypeNames, inferEventTypes, isEveryEvent } from "@falcoc/compiler";
import {
  EVENTS,
  eventNameOfSyscall,
  GENERIC_EVENTS,
  SYSCALLS,
  syscallOfCode,
} from "@falcoc/compiler/catalog";
import { encodeText, parseCondition } from "@falcoc/parser";
import { readJsonLines } from "../shared.ts";
import type { Suite } from "./suite.ts";

/** Event codes, their names and system calls that conditions on their own can match. */
export const filterEventTypes: Suite = {
  name: "filter/event_types",
  cases: (shared) =>
    readJsonLines<FilterCase>(join(shared, "corpus/filter/event_types.jsonl")).map((one) => ({
      id: one.id,
      run: () => runFilterCase(one),
    })),
};

/** Event names that the engine lists for rules with these conditions. */
export const goldenEventTypes: Suite = {
  name: "golden/evttypes",
  *cases(shared) {
    const [head, ...rest] = readJsonLines<GoldenCase & { all: string[] }>(
      join(shared, "golden/evttypes/dev.jsonl.gz"),
    );
    for (const one of rest) yield { id: String(one.id), run: () => runGoldenCase(one, head?.all ?? []) };
  },
};

interface FilterCase {
  readonly id: string;
  readonly expr: string;
  readonly error_contains?: string;
  readonly all_events?: boolean;
  readonly n_event_codes?: number;
  readonly event_codes?: readonly number[];
  readonly event_types?: readonly string[] | "all";
  readonly event_types_excluded?: readonly string[];
  readonly syscalls?: readonly string[] | "all";
  readonly syscalls_excluded?: readonly string[];
}

interface GoldenCase {
  readonly id: number;
  readonly condition: string;
  readonly events?: readonly string[] | "all";
  readonly not_events?: readonly string[];
}

function runFilterCase(one: FilterCase): string | null {
  const parsed = parseCondition(encodeText(one.expr));
  if (!parsed.ok) return `does not parse: ${parsed.error.message}`;
  const inferred = inferEventTypes(parsed.condition);
  if (!inferred.ok) {
    return inferred.message === one.error_contains ? null : `unexpected error: ${inferred.message}`;
  }
  if (one.error_contains !== undefined) return `expected the error ${one.error_contains}`;
  const { codes, syscalls } = inferred.types;
  return (
    differs("all_events", isEveryEvent(inferred.types), one.all_events) ??
    differs("n_event_codes", codes.length, one.n_event_codes) ??
    (one.event_codes === undefined ? null : differs("event_codes", codes, one.event_codes)) ??
    differsFromNames("event types", kernelEventNames(codes), kernelEventNames(EVERY_CODE), {
      listed: one.event_types,
      excluded: one.event_types_excluded,
    }) ??
    differsFromNames("system calls", syscallNames(syscalls), syscallNames(EVERY_SYSCALL), {
      listed: one.syscalls,
      excluded: one.syscalls_excluded,
    })
  );
}

function runGoldenCase(one: GoldenCase, all: readonly string[]): string | null {
  const parsed = parseCondition(encodeText(one.condition), { maxDepth: 1000 });
  if (!parsed.ok) return `does not parse: ${parsed.error.message}`;
  const inferred = inferEventTypes(parsed.condition);
  if (!inferred.ok) return `unexpected error: ${inferred.message}`;
  return differsFromNames("events", eventTypeNames(inferred.types), all, {
    listed: one.events,
    excluded: one.not_events,
  });
}

const EVERY_CODE = EVENTS.map((event) => event.code);
const EVERY_SYSCALL = SYSCALLS.map((syscall) => syscall.code);

/** Names of events as the filter library lists them: the generic pair stands for all calls without own events. */
function kernelEventNames(codes: readonly number[]): readonly string[] {
  const own = codes.filter((code) => !GENERIC_EVENTS.includes(code)).map((code) => EVENTS[code]?.name ?? "");
  const generic = codes.some((code) => GENERIC_EVENTS.includes(code))
    ? SYSCALLS.filter((syscall) => syscall.generic).map((syscall) => syscall.name)
    : [];
  return [...new Set([...own, ...generic])].sort();
}

function syscallNames(codes: readonly number[]): readonly string[] {
  const names = codes.flatMap((code) => {
    const syscall = syscallOfCode(code);
    return syscall === null ? [] : [eventNameOfSyscall(syscall)];
  });
  return [...new Set(names)].sort();
}

function differsFromNames(
  what: string,
  actual: readonly string[],
  all: readonly string[],
  expected: { readonly listed?: readonly string[] | "all"; readonly excluded?: readonly string[] },
): string | null {
  const { listed, excluded } = expected;
  if (listed === "all") return differs(what, actual, all);
  if (listed !== undefined) return differs(what, actual, listed);
  return differs(
    `${what} left out`,
    all.filter((name) => !actual.includes(name)),
    excluded,
  );
}

function differs(what: string, actual: unknown, expected: unknown): string | null {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  return got === wanted ? null : `${what}: ${got} instead of ${wanted}`.slice(0, 600);
}
