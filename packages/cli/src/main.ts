// SPDX-License-Identifier: Apache-2.0
import { Command, CommanderError } from "commander";
import type { CommandDefinition, CommandEntry } from "./commands/definition.ts";
import { COMMANDS } from "./commands/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { Failure } from "./failure.ts";
import { printable } from "./render/display.ts";
import type { Terminal } from "./terminal.ts";
import { toolVersion } from "./version.ts";

/** Runs one command line (without the program's name) and gives its exit status. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let status: ExitCode = EXIT.ok;
  const program = createProgram(terminal);
  for (const entry of COMMANDS) {
    const command = program.command(entry.name).summary(entry.summary).description(sentence(entry.summary));
    if (!argv.includes(entry.name)) continue;
    const definition = await loadDefinition(entry);
    definition.define(command);
    command.action(async () => {
      status = await definition.run(terminal, command.processedArgs, command.opts());
    });
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return status;
  } catch (error) {
    return exitStatusOf(error, terminal);
  }
}

function createProgram({ out, err }: Terminal): Command {
  return new Command("falcoc")
    .description("Lint, test and compile rules written in the Falco rule language")
    .version(`falcoc ${toolVersion()}`, "--version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help of a command")
    .showHelpAfterError("Run `falcoc --help`, or `falcoc help COMMAND`, for what there is.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      getOutHelpWidth: () => out.width,
      getErrHelpWidth: () => err.width,
    });
}

/** The table's rows forget what arguments and flags a command takes; the definition itself has told commander. */
async function loadDefinition(entry: CommandEntry): Promise<CommandDefinition<unknown[], object>> {
  return (await entry.load()).command as CommandDefinition<unknown[], object>;
}

function exitStatusOf(error: unknown, { err }: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failure;
  if (!(error instanceof Failure)) throw error;
  for (const problem of error.problems) {
    err.write(`${err.style(["red", "bold"], "falcoc:")} ${printable(problem)}\n`);
  }
  return EXIT.failure;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
