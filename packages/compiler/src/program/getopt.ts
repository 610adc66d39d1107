// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

/**
 * Scans short options as `getopt()` does: up to `--`, `-`, an empty element or the first that is no option. Long
 * options are skipped. A known letter gives itself, followed by its value when `options` has a `:` behind it; an
 * unknown one gives `?`; a missing value gives an empty text in place of the letter.
 */
export function scanOptions(args: readonly ByteString[], options: ByteString): ByteString[] {
  const found: ByteString[] = [];
  walk(args, options, (letter, value) => {
    if (value === null) found.push(letter);
    else if (value === undefined) found.push("");
    else found.push(letter, value);
  });
  return found;
}

/** What the last use of one letter gives: its value if it takes one, else the letter; null when it is not used. */
export function selectOption(
  args: readonly ByteString[],
  options: ByteString,
  selector: ByteString,
): ByteString | null {
  let last: ByteString | null = null;
  walk(args, options, (letter, value) => {
    if (letter === selector) last = value === null ? letter : (value ?? "");
  });
  return last;
}

/** `value` is null for a letter without value, undefined for a value that is missing. */
type Visit = (letter: ByteString, value: ByteString | null | undefined) => void;

function walk(args: readonly ByteString[], options: ByteString, visit: Visit): void {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--" || arg === "-" || !arg.startsWith("-")) return;
    if (arg.startsWith("--")) continue;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at]!;
      const kind = optionKind(letter, options);
      if (kind !== "valued") {
        visit(kind === "unknown" ? "?" : letter, null);
        continue;
      }
      const rest = arg.slice(at + 1);
      visit(letter, rest !== "" ? rest : args[++i]);
      break;
    }
  }
}

function optionKind(letter: ByteString, options: ByteString): "plain" | "valued" | "unknown" {
  const at = letter === ":" ? -1 : options.indexOf(letter);
  if (at < 0) return "unknown";
  return options[at + 1] === ":" ? "valued" : "plain";
}
