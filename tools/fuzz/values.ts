// SPDX-License-Identifier: Apache-2.0
import type { FieldUse, FieldValue, ScalarValue } from "@falcoc/compiler/program";
import type { Random } from "./random.ts";

const TEXTS = [
  "",
  "bash",
  "open",
  "openat",
  "execve",
  "/etc/shadow",
  "a b",
  "*.log",
  "x",
  "http",
  "aGVsbG8=",
  "\xc3\xa9",
  "a\nb",
  "<NA>",
];
const NUMBERS = [0, 1, 2, 5, 16, 80, 255, 65_535, 2 ** 53 - 1, 2n ** 64n - 1n];
const ADDRESSES = ["\x0a\0\0\x01", "\x7f\0\0\x01", `${"\0".repeat(15)}\x01`, `\x20\x01${"\0".repeat(14)}`];

/** A value that the field might have; often none. */
export function randomValue(random: Random, { type, isList, comparison }: FieldUse): FieldValue | null {
  if (random.chance(0.15)) return null;
  const isMany = isList || comparison === "ancestors" || comparison === "endpoints";
  if (!isMany) return scalar(random, type);
  return Array.from({ length: random.below(4) }, () => scalar(random, type));
}

function scalar(random: Random, type: FieldUse["type"]): ScalarValue {
  if (type === "BOOL") return random.chance(0.5);
  if (type.startsWith("IP")) return random.pick(ADDRESSES);
  const isText = type.startsWith("CHARBUF") || type.startsWith("FS") || type === "BYTEBUF";
  return random.pick<ScalarValue>(isText ? TEXTS : NUMBERS);
}
