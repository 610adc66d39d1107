// SPDX-License-Identifier: Apache-2.0

/** A file that is made from tables. */
export interface Page {
  /** Below the project's root. */
  readonly path: string;
  /** Where its facts stand, for the note at its top. */
  readonly from: string;
  text(): string;
}

/** The whole file. */
export function render({ from, text }: Page): string {
  return `<!-- Made by \`npm run generate\` from ${from}. Change that, not this. -->\n${text().trimEnd()}\n`;
}

/** A Markdown table. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\n/g, " ");
}

/** Code, as it is, in running text. */
export function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}
