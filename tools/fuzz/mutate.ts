// SPDX-License-Identifier: Apache-2.0
import type { Random } from "./random.ts";

const INTERESTING = [
  "\0", "\t", "\r", "\n", "\u0008", "\u000b", "\ufeff", "\ufffd", "\ud800", "é", "😀", "'", '"', "\\", "\\x", "\\x00",
  "(", ")", "((", "[", "]", "{", "}", ",", ":", "- ", "? ", "&a ", "*a", "!!binary ", "<<: ", "|", ">", ">-", "|+", "%", "%%", "#",
  " and ", " or ", " not ", "not(", "or(", " in ", " exists", "val(", "tolower(", "getopt(", "<NA>", "anyof ", "=", "!=", "<=",
  "~", "null", "true", "0x10", "-1", "1e9", "18446744073709551616", "---\n", "...\n", "append: true", "override:", "enabled: false",
]; // biome-ignore format: a table

/** Changes a text in one to eight random places: cuts, doubles, swaps, and insertions of troublesome characters. */
export function mutate(random: Random, text: string): string {
  let result = text;
  for (let round = random.below(8); round >= 0; round--) {
    const at = random.below(result.length + 1);
    const length = random.below(Math.min(20, result.length - at) + 1);
    const piece = result.slice(at, at + length);
    const rest = result.slice(at + length);
    const before = result.slice(0, at);
    switch (random.below(6)) {
      case 0:
        result = before + rest;
        break;
      case 1:
        result = before + piece + piece + rest;
        break;
      case 2:
        result = before + random.pick(INTERESTING) + piece + rest;
        break;
      case 3:
        result = before + String.fromCharCode(random.below(random.chance(0.9) ? 256 : 65536)) + rest;
        break;
      case 4: {
        const other = random.below(result.length + 1);
        result = before + result.slice(other, other + 30) + piece + rest;
        break;
      }
      default:
        result = before + random.pick(INTERESTING) + rest;
    }
  }
  return result;
}
