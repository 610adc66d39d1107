// SPDX-License-Identifier: Apache-2.0
import type { Output } from "../terminal.ts";
import { displayWidth, printable } from "./display.ts";

const GAP = "  ";
/** A longer cell pushes the rest of its row to the right rather than that of every row. */
const COLUMN_WIDTH_MAX = 40;
/** Room that a last column is given however wide the others are. */
const LAST_WIDTH_MIN = 24;

/**
 * Aligned columns, each line ending in a line feed. The last column is wrapped at blanks to fit the width; an infinite
 * width keeps every row on one line, for other programs to read.
 */
export function renderTable(rows: readonly (readonly string[])[], width: number): string {
  const cells = rows.map((row) => row.map(printable));
  const count = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: Math.max(0, count - 1) }, (_, column) =>
    Math.max(
      0,
      ...cells.map((row) => displayWidth(row[column] ?? "")).filter((one) => one <= COLUMN_WIDTH_MAX),
    ),
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

/** Width for a table on an output: rows are only wrapped where people read them. */
export function tableWidth({ isTerminal, width }: Output): number {
  return isTerminal ? width : Number.POSITIVE_INFINITY;
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  if (displayWidth(text) <= width) return [text];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
