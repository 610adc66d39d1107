// SPDX-License-Identifier: Apache-2.0
import { Argument, Command } from "commander";
import { bashScript } from "../completion/bash.ts";
import { fishScript } from "../completion/fish.ts";
import type { CommandShape } from "../completion/shape.ts";
import { zshScript } from "../completion/zsh.ts";
import { EXIT } from "../exit-code.ts";
import { addExamples, type CommandDefinition } from "./definition.ts";
import { COMMANDS } from "./index.ts";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof SCRIPTS;

export const command: CommandDefinition<[shell: Shell], Record<string, never>> = {
  define(completion) {
    completion.addArgument(new Argument("<shell>", "the shell to write for").choices(Object.keys(SCRIPTS)));
    addExamples(completion, [
      ["bash, for this session", "source <(falcoc completion bash)"],
      ["zsh, into a directory of $fpath", "falcoc completion zsh > ~/.zfunc/_falcoc"],
      ["fish", "falcoc completion fish > ~/.config/fish/completions/falcoc.fish"],
    ]);
  },

  async run(terminal, [shell]) {
    const shapes = await Promise.all(COMMANDS.map(shapeOf));
    terminal.out.write(SCRIPTS[shell](shapes));
    return EXIT.ok;
  },
};

async function shapeOf({ name, summary, load }: (typeof COMMANDS)[number]): Promise<CommandShape> {
  const defined = new Command(name);
  (await load()).command.define(defined);
  return {
    name,
    summary,
    words: defined.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
    takesFiles: defined.registeredArguments.some((argument) => argument.argChoices === undefined),
    flags: defined
      .createHelp()
      .visibleOptions(defined)
      .map((option) => ({
        long: option.long ?? "",
        short: option.short ?? null,
        summary: option.description,
        takesValue: option.required || option.optional,
        values: option.argChoices ?? [],
      })),
  };
}
