// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import type { CommandShape } from "./shape.ts";
import { zshScript } from "./zsh.ts";

const commands: readonly CommandShape[] = [
  {
    name: "lint",
    summary: "check rules",
    words: [],
    takesFiles: true,
    flags: [
      {
        long: "--format",
        short: "-f",
        summary: "form [of] it",
        takesValue: true,
        values: ["pretty", "json"],
      },
      { long: "--fix", short: null, summary: "mend what's wrong", takesValue: false, values: [] },
    ],
  },
  { name: "completion", summary: "print a script", words: ["bash", "zsh"], takesFiles: false, flags: [] },
];

/** What bash offers for a command line, the last word being completed. */
function bashOffers(...words: readonly string[]): string[] {
  const script = `${bashScript(commands)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}
_falcoc; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim().split("\n");
}

describe("completion", () => {
  it.each([
    ["commands", ["falcoc", "l"], ["lint"]],
    ["flags", ["falcoc", "lint", "--fi"], ["--fix"]],
    ["values of a flag", ["falcoc", "lint", "-f", ""], ["pretty", "json"]],
    ["words of an argument", ["falcoc", "completion", ""], ["bash", "zsh"]],
  ])("bash offers %s", (_title, words, offered) => {
    expect(bashOffers(...words)).toEqual(offered);
  });

  it("zsh describes commands and flags, quoted", () => {
    const script = zshScript(commands);
    expect(script).toContain("    'lint:check rules'\n");
    expect(script).toContain("'*--format[form \\[of\\] it]:value:(pretty json)'");
    expect(script).toContain("'*--fix[mend what'\\''s wrong]'");
  });

  it("fish describes commands and flags, quoted", () => {
    expect(fishScript(commands).split("\n")).toEqual([
      "# fish completion for falcoc",
      "complete -c falcoc -f",
      "complete -c falcoc -n __fish_use_subcommand -a lint -d 'check rules'",
      "complete -c falcoc -n '__fish_seen_subcommand_from lint' -F",
      "complete -c falcoc -n '__fish_seen_subcommand_from lint' -l format -s f -x -a 'pretty json' -d 'form [of] it'",
      "complete -c falcoc -n '__fish_seen_subcommand_from lint' -l fix -d 'mend what\\'s wrong'",
      "complete -c falcoc -n __fish_use_subcommand -a completion -d 'print a script'",
      "complete -c falcoc -n '__fish_seen_subcommand_from completion' -a 'bash zsh'",
      "",
    ]);
  });
});
