// SPDX-License-Identifier: Apache-2.0
import type { CommandEntry } from "./definition.ts";

/** All commands, in the order in which help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "lint",
    summary: "check rules, and mend what can be mended safely",
    load: () => import("./lint.ts"),
  },
  {
    name: "test",
    summary: "try rules on events, and tell what matched and what should have",
    load: () => import("./test.ts"),
  },
  {
    name: "replay",
    summary: "run rules over a capture, or print its events",
    load: () => import("./replay.ts"),
  },
  {
    name: "run",
    summary: "raise alerts from the events of this machine, as they happen",
    load: () => import("./run.ts"),
  },
  {
    name: "record",
    summary: "record the events of this machine as a capture",
    load: () => import("./record.ts"),
  },
  {
    name: "compile",
    summary: "write rules as a JavaScript module that needs no compiler",
    load: () => import("./compile.ts"),
  },
  {
    name: "bench",
    summary: "measure what each rule costs on given events",
    load: () => import("./bench.ts"),
  },
  {
    name: "describe",
    summary: "print the compiled form of each rule, macro and list",
    load: () => import("./describe.ts"),
  },
  {
    name: "events",
    summary: "print the event types that each rule can match",
    load: () => import("./events.ts"),
  },
  {
    name: "fields",
    summary: "print the catalogue of fields",
    load: () => import("./fields.ts"),
  },
  {
    name: "completion",
    summary: "print a script that completes commands and flags in a shell",
    load: () => import("./completion.ts"),
  },
];
