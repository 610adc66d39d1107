// SPDX-License-Identifier: Apache-2.0
import type { Command } from "commander";
import type { ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";

/** One command: its arguments and flags, and what it does. */
export interface CommandDefinition<
  Arguments extends readonly unknown[] = never,
  Options extends object = never,
> {
  /** Adds arguments, flags and examples; name and summary are already there. */
  define(command: Command): void;
  /** May throw a Failure; anything else thrown is a bug of ours. */
  run(terminal: Terminal, args: Arguments, options: Options): Promise<ExitCode>;
}

/** A row of the table of commands. A module is loaded only when its command is asked for. */
export interface CommandEntry {
  readonly name: string;
  /** What `falcoc --help` says about it. */
  readonly summary: string;
  load(): Promise<{ readonly command: CommandDefinition }>;
}

/** Adds examples under the help of a command: what it does, then how to ask for it. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [what: string, how: string])[],
): void {
  const lines = examples.map(([what, how]) => `  # ${what}\n  ${how}`);
  command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}

/** What help says about RULES arguments. */
export const RULES_ARGUMENT = "rules files, directories of them (*.yaml, *.yml), or - for standard input";
