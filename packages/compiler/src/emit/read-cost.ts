// SPDX-License-Identifier: Apache-2.0

/** Rough ns that reading a field takes, by the longest prefix of its name; they only decide what is tested first. */
const READ_COSTS: readonly (readonly [prefix: string, cost: number])[] = [
  ["evt.arg", 30],
  ["evt.args", 200],
  ["evt.info", 200],
  ["evt.res", 40],
  ["evt.", 5],
  ["fd.name", 60],
  ["fd.directory", 80],
  ["fd.", 12],
  ["fs.path.", 60],
  ["proc.a", 60],
  ["proc.args", 10],
  ["proc.cmdline", 15],
  ["proc.env", 60],
  ["proc.", 6],
  ["thread.", 10],
  ["container.", 8],
  ["user.", 20],
  ["group.", 20],
];

/** Fields of plugins look for a value in a document. */
const OTHER_COST = 100;

export function readCost(name: string): number {
  let [length, cost] = [0, OTHER_COST];
  for (const [prefix, prefixCost] of READ_COSTS) {
    if (prefix.length > length && name.startsWith(prefix)) [length, cost] = [prefix.length, prefixCost];
  }
  return cost;
}

/** Whether a field's value depends on which events it was asked for before. */
export function isCounting(name: string): boolean {
  return name.startsWith("evt.deltatime") || name === "util.cnt";
}
