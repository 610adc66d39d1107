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
