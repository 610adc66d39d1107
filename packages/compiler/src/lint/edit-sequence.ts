// SPDX-License-Identifier: Apache-2.0
import type { RulesFile, TextEdit, YamlNode } from "@falcoc/parser";

/**
 * The edit that takes an element out of a sequence together with the comma or the line that it leaves behind; null
 * where a comment or an odd layout stands in the way. The element is not the first one.
 */
export function elementRemoval(file: RulesFile, element: YamlNode): TextEdit | null {
  const { bytes } = file;
  const before = /(?:,\s*)$/.exec(bytes.slice(0, element.start));
  if (before !== null) return edit(file, before.index, element.end);
  const line = /\n[ \t]*-[ \t]+$/.exec(bytes.slice(0, element.start));
  const rest = /^[ \t]*(?=\r?\n|$)/.exec(bytes.slice(element.end));
  if (line === null || rest === null) return null;
  return edit(
    file,
    bytes[line.index - 1] === "\r" ? line.index - 1 : line.index,
    element.end + rest[0].length,
  );
}

function edit(file: RulesFile, start: number, end: number): TextEdit {
  return { span: file.span(start, end), newText: "" };
}
