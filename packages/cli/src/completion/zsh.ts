// SPDX-License-Identifier: Apache-2.0
import type { CommandShape, FlagShape } from "./shape.ts";

/** A completion function for zsh, to be saved as `_falcoc` in a directory of `$fpath`. */
export function zshScript(commands: readonly CommandShape[]): string {
  return `#compdef falcoc
_falcoc() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local name=\${words[2]}
  shift words
  ((CURRENT--))
  case $name in
${commands.map(commandCase).join("\n")}
  esac
}
if [[ $funcstack[1] == _falcoc ]]; then _falcoc "$@"; else compdef _falcoc falcoc; fi
`;
}

function commandCase({ name, words, takesFiles, flags }: CommandShape): string {
  const rest = takesFiles ? "*:file:_files" : `1:argument:(${words.join(" ")})`;
  return `    ${name}) _arguments ${[...flags.flatMap(flagSpecifications), rest].map(quote).join(" \\\n      ")} ;;`;
}

function flagSpecifications({ long, short, summary, takesValue, values }: FlagShape): string[] {
  const text = summary.replace(/[[\]:\\]/g, (sign) => `\\${sign}`);
  const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(" ")})` : "_files"}` : "";
  return (short === null ? [long] : [short, long]).map((spelling) => `*${spelling}[${text}]${value}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
