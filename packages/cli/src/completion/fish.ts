// SPDX-License-Identifier: Apache-2.0
import type { CommandShape, FlagShape } from "./shape.ts";

/** A completion script for fish. */
export function fishScript(commands: readonly CommandShape[]): string {
  return `${["# fish completion for falcoc", "complete -c falcoc -f", ...commands.flatMap(commandLines)].join("\n")}\n`;
}

function commandLines({ name, summary, words, takesFiles, flags }: CommandShape): string[] {
  const inside = `complete -c falcoc -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c falcoc -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ...(takesFiles ? [`${inside} -F`] : [`${inside} -a ${quote(words.join(" "))}`]),
    ...flags.map((flag) => `${inside} ${flagArguments(flag)}`),
  ];
}

function flagArguments({ long, short, summary, takesValue, values }: FlagShape): string {
  const parts = [`-l ${long.slice(2)}`];
  if (short !== null) parts.push(`-s ${short.slice(1)}`);
  if (takesValue) parts.push(values.length > 0 ? `-x -a ${quote(values.join(" "))}` : "-r -F");
  return [...parts, `-d ${quote(summary)}`].join(" ");
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
