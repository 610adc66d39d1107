// SPDX-License-Identifier: Apache-2.0
import { displayWidth, printable } from "./display.ts";

const GAP = "  ";
/** Room that a last column is given however wide the others are. */
const LAST_WIDTH_MIN = 24;

/** Aligned columns, each line ending in a line feed; the last column is wrapped at blanks to fit the width. */
export function renderTable(rows: readonly (readonly string[])[], width: number): string {
  const cells = rows.map((row) => row.map(printable));
  const count = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: Math.max(0, count - 1) }, (_, column) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[column] ?? "")), 0),
  );
  const indent = widths.reduce((sum, one) => sum + one + GAP.length, 0);
  const room = Math.max(LAST_WIDTH_MIN, width - indent);
  const lines = cells.flatMap((row) => {
    const head = widths.map((one, column) => pad(row[column] ?? "", one) + GAP).join("");
    const [first = "", ...rest] = wrap(row[count - 1] ?? "", room);
    return [head + first, ...rest.map((line) => " ".repeat(indent) + line)];
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function pad(text: string, width: number): string {
  return text + " ".repeat(width - displayWidth(text));
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
