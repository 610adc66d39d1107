// SPDX-License-Identifier: Apache-2.0
import type { FlagTable } from "@falcoc/compiler/catalog";
import type { Integer } from "../capture/integers.ts";

/** Most values of one table whose names are remembered: programs use few. */
const REMEMBERED_MAX = 1024;
const remembered = new WeakMap<FlagTable, Map<Integer, string>>();

/** Names of the bits or of the number, joined by `|`; empty when there is none. */
export function flagNames(table: FlagTable, value: Integer): string {
  let names = remembered.get(table);
  if (names === undefined) {
    names = new Map();
    remembered.set(table, names);
  }
  const known = names.get(value);
  if (known !== undefined) return known;
  if (names.size >= REMEMBERED_MAX) names.clear();
  const found = findNames(table, Number(value));
  names.set(value, found);
  return found;
}

function findNames(table: FlagTable, number: number): string {
  if (table.kind !== "enum") return bitNames(table, number).join("|");
  return table.entries
    .filter(([, one]) => one === number)
    .map(([name]) => name)
    .join("|");
}

/**
 * Entries whose bits are all there, each taken off before the next is looked at. One that is the value as a whole
 * ends it, as does a name for zero.
 */
function bitNames(table: FlagTable, value: number): string[] {
  const names: string[] = [];
  let left = value;
  for (const [name, bits] of table.entries) {
    if (bits === 0 ? value !== 0 : !hasBits(left, bits)) continue;
    names.push(name);
    if (bits === value) break;
    left -= bits;
  }
  return names;
}

/** Whether all bits are set; numbers may have 32 bits, which bit operators would take for a sign. */
function hasBits(value: number, bits: number): boolean {
  return (value & bits) >>> 0 === bits;
}
