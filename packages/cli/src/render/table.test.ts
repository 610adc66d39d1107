// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { renderTable } from "./table.ts";

it.each<[string, string[][], string]>([
  ["nothing", [], ""],
  ["one column", [["a"], ["bc"]], "a\nbc\n"],
  [
    "aligned columns",
    [
      ["a", "1", "x"],
      ["猫猫", "22", ""],
    ],
    "a     1   x\n猫猫  22\n",
  ],
  ["a missing cell", [["a"], ["b", "c"]], "a\nb  c\n"],
  ["control characters", [["\u001b[m", "x"]], "␛[m  x\n"],
  [
    "a long cell",
    [
      ["n".repeat(41), "x"],
      ["m", "y"],
    ],
    `${"n".repeat(41)}  x\nm  y\n`,
  ],
  [
    "a wrapped last column",
    [["name", "one two three four five six seven"]],
    "name  one two three four five\n      six seven\n",
  ],
])("a table of %s", (_title, rows, expected) => {
  expect(renderTable(rows, 30)).toBe(expected);
});
