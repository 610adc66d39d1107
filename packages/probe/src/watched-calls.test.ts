// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { EVENTS, SYSCALLS } from "@falcoc/compiler/catalog";
import { describe, expect, it } from "vitest";
import { eventLayoutHeader, kernelEvents } from "../tools/event-layout.ts";
import { nativeCodes, watchedCalls, watchedHooks } from "./watched-calls.ts";

const folder = new URL("../bpf/", import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => name.endsWith(".bpf.c"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");
const programs = new Set([
  ...[...sources.matchAll(/^SYSCALL_EXIT(?:_ALSO_COMPAT)?\((\w+)\)/gm)].map((match) => `exit_${match[1]}`),
  ...[...sources.matchAll(/^SYSCALL_EXIT_ALSO_COMPAT\((\w+)\)/gm)].map((match) => `compat_${match[1]}`),
  ...[...sources.matchAll(/^int BPF_PROG\((on_\w+),/gm)].map((match) => match[1]),
]);
/** Programs that only the other architecture has. */
const FOREIGN: ReadonlySet<unknown> = new Set(
  process.arch === "x64"
    ? ["on_fork"]
    : [...programs].filter((name) => /^compat_|^on_page_fault/.test(String(name))),
);

/** Calls that neither architecture has, so that no program could ever be called for them. */
const WITHOUT_CALL: ReadonlySet<string> = new Set(
  kernelEvents(EVENTS)
    .filter((event) => event.direction === "exit" && event.name !== "syscall")
    .map((event) => event.name)
    .filter((name) =>
      SYSCALLS.every(
        (call) =>
          !call.events.some((code) => EVENTS[code]?.name === name) || (call.x86_64 ?? call.aarch64) === null,
      ),
    ),
);

describe("watched calls", () => {
  it("have a kernel program each", () => {
    const missing = watchedCalls(null).filter(({ program }) => !programs.has(program));
    expect(missing).toEqual([]);
    expect(watchedHooks(null).filter((hook) => !programs.has(hook))).toEqual([]);
  });

  it("leave no kernel program without a call", () => {
    const called = new Set([
      ...watchedCalls(null).map(({ program }) => program),
      ...watchedHooks(null),
      ...watchedHooks(new Set(["switch", "page_fault", "signaldeliver"])),
    ]);
    expect(
      [...programs].filter((program) => !called.has(program as string) && !FOREIGN.has(program)),
    ).toEqual([]);
  });

  it("cover every event that the kernel can send", () => {
    const events = kernelEvents(EVENTS).filter(
      (event) => event.direction === "exit" && !WITHOUT_CALL.has(event.name),
    );
    expect(events.filter((event) => !programs.has(`exit_${event.name}`)).map((event) => event.name)).toEqual(
      [],
    );
  });

  it("are those asked for, and those that the state needs", () => {
    const programsOf = (names: readonly string[]) =>
      new Set(watchedCalls(new Set(names)).map(({ program }) => program));
    expect(programsOf([]).has("exit_read")).toBe(false);
    expect(programsOf(["read"]).has("exit_read")).toBe(true);
    expect(programsOf([]).has("exit_execve")).toBe(true);
    expect(programsOf([]).has("exit_openat")).toBe(true);
    expect(programsOf([]).has("exit_syscall")).toBe(false);
    expect(programsOf(["ioperm"]).has("exit_syscall")).toBe(process.arch === "x64");
  });

  it("attach hooks of frequent events only when these are named", () => {
    expect(watchedHooks(null)).toEqual(["on_sys_exit", "on_process_exit", "on_signal_deliver"]);
    expect(watchedHooks(new Set(["switch"]))).toEqual(["on_sys_exit", "on_process_exit", "on_sched_switch"]);
  });
});

describe("native codes", () => {
  it("lead from the architecture's numbers to the schema's", () => {
    const [number, code] = process.arch === "x64" ? [257, 197] : [56, 197];
    expect(nativeCodes()[number]).toBe(code);
  });
});

describe("event layout", () => {
  it("is generated from the catalogue as it is", () => {
    const header = new URL("../bpf/generated/event_layout.h", import.meta.url);
    expect(readFileSync(header, "utf8")).toBe(eventLayoutHeader(EVENTS));
  });
});
