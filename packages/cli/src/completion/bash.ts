// SPDX-License-Identifier: Apache-2.0
import type { CommandShape, FlagShape } from "./shape.ts";

/** A completion script for bash 4 or later. */
export function bashScript(commands: readonly CommandShape[]): string {
  const names = commands.map((command) => command.name).join(" ");
  return `# bash completion for falcoc
_falcoc() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "${names} help --help --version" -- "$word")
    return
  fi
  case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(valueCases).join("\n")}
  esac
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join("\n")}
  esac
}
complete -F _falcoc falcoc
`;
}

/** What follows a flag that takes a value. */
function valueCases({ name, flags }: CommandShape): string[] {
  return flags
    .filter((flag) => flag.takesValue)
    .map((flag) => {
      const patterns = spellings(flag).map((spelling) => `"${name} ${spelling}"`);
      const reply =
        flag.values.length > 0 ? `compgen -W "${flag.values.join(" ")}" -- "$word"` : 'compgen -f -- "$word"';
      return `    ${patterns.join("|")}) mapfile -t COMPREPLY < <(${reply}); return ;;`;
    });
}

function commandCase({ name, words, takesFiles, flags }: CommandShape): string {
  const flagWords = flags.flatMap(spellings).join(" ");
  const rest = takesFiles ? 'compgen -f -- "$word"' : `compgen -W "${words.join(" ")}" -- "$word"`;
  return `    ${name})
      if [[ $word == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "${flagWords}" -- "$word")
      else mapfile -t COMPREPLY < <(${rest}); fi ;;`;
}

function spellings({ long, short }: FlagShape): string[] {
  return short === null ? [long] : [short, long];
}
