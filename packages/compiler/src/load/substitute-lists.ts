// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import type { CompiledList } from "./compile-lists.ts";
import { TEXT_BYTES_MAX } from "./limits.ts";
import { joinTexts, type MappedText, sliceText } from "./mapped-text.ts";

/** A text in which lists stand for their names no more. */
export interface SubstitutedText {
  readonly text: ByteString;
  /** Names of the lists that were put in. */
  readonly used: readonly ByteString[];
  /** The same text with the places of its bytes; made when asked for. */
  mapped(): MappedText;
  /** The text was getting too long, and lists were left out. */
  readonly overflows: boolean;
}

const BLANKS = " \t\n\r";
const DELIMITERS = `${BLANKS}(),=`;

/**
 * Puts the items of lists in the place of their names, wherever a name stands between delimiters: the engine knows
 * nothing of quotes or operators when it does so (spec 3.6). One list after the other, in the order of definition.
 */
export function substituteLists(source: MappedText, lists: readonly CompiledList[]): SubstitutedText {
  const edits: Edit[] = [];
  const used: ByteString[] = [];
  let text = source.text;
  let overflows = false;
  for (const list of lists) {
    let from = text.indexOf(list.name);
    let found = false;
    while (from >= 0) {
      let next = from + 1;
      if (standsAlone(text, from, from + list.name.length)) {
        const edit = editFor(text, from, list);
        if (text.length + list.insertion.length > TEXT_BYTES_MAX) {
          overflows = true;
          break;
        }
        text = text.slice(0, edit.start) + edit.before + list.insertion + edit.after + text.slice(edit.end);
        edits.push(edit);
        found = true;
        next = edit.start + list.insertion.length + 2;
      }
      from = text.indexOf(list.name, next);
    }
    if (found) used.push(list.name);
  }
  return { text, used, overflows, mapped: () => edits.reduce(applied, source) };
}

interface Edit {
  /** Range of the text at the time of the edit. */
  readonly start: number;
  readonly end: number;
  readonly list: CompiledList;
  readonly before: string;
  readonly after: string;
}

function standsAlone(text: ByteString, start: number, end: number): boolean {
  return (
    (start === 0 || DELIMITERS.includes(text[start - 1] ?? "")) &&
    (end >= text.length || DELIMITERS.includes(text[end] ?? ""))
  );
}

/** Blanks around the name go; an empty list takes a comma along, the one before it if there is one. */
function editFor(text: ByteString, nameStart: number, list: CompiledList): Edit {
  let start = nameStart;
  let end = nameStart + list.name.length;
  while (start > 0 && BLANKS.includes(text[start - 1] ?? "")) start--;
  while (end < text.length && BLANKS.includes(text[end] ?? "")) end++;
  if (list.insertion === "") {
    if (start > 0 && text[start - 1] === ",") start--;
    else if (text[end] === ",") end++;
  }
  return { start, end, list, before: start > 0 ? " " : "", after: " " };
}

function applied(text: MappedText, { start, end, list, before, after }: Edit): MappedText {
  const insertion = joinTexts(before, list.mappedInsertion(), after);
  return joinTexts(sliceText(text, 0, start), insertion, sliceText(text, end));
}
