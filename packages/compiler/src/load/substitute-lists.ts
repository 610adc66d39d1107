// SPDX-License-Identifier: Apache-2.0
import { type ByteString, LineIndex } from "@falcoc/parser";
import type { CompiledList } from "./compile-lists.ts";
import { TEXT_BYTES_MAX } from "./limits.ts";
import { joinTexts, type MappedText, sliceText } from "./mapped-text.ts";
import { once } from "./once.ts";
import { BLANKS, DELIMITERS, wordsIn } from "./words.ts";

/** A text in which lists stand for their names no more. */
export interface SubstitutedText {
  readonly text: ByteString;
  /** Names of the lists that were put in. */
  readonly used: readonly ByteString[];
  /** The same text with the places of its bytes; made when asked for. */
  mapped(): MappedText;
  /** Its lines as the engine counts them; made when asked for. */
  lines(): LineIndex;
  /** The text got too long, so that not all lists are in it. */
  readonly overflows: boolean;
}

/** Puts lists into texts: knows which lists a text may name. */
export class ListSubstitution {
  readonly #lists: readonly CompiledList[];
  readonly #positions: ReadonlyMap<ByteString, number>;
  /** Positions of lists whose names are not single words: they are looked for in every text. */
  readonly #odd: readonly number[];
  readonly #wordsOf: (text: MappedText) => readonly ByteString[];

  /** `wordsOf` gives `wordsIn` of a text, and may remember it. */
  constructor(lists: readonly CompiledList[], wordsOf: (text: MappedText) => readonly ByteString[]) {
    this.#lists = lists;
    this.#positions = new Map(lists.map(({ name }, position) => [name, position]));
    this.#odd = lists.flatMap(({ name }, position) => (wordsIn(name).length > 1 ? [position] : []));
    this.#wordsOf = wordsOf;
  }

  /**
   * Puts the items of lists in the place of their names, wherever a name stands between delimiters: the engine knows
   * nothing of quotes or operators when it does so (spec 3.6). One list after the other, in the order of definition,
   * so that items may be names of later lists.
   */
  apply(source: MappedText): SubstitutedText {
    const candidates = new Set(this.#odd);
    this.#addCandidates(candidates, this.#wordsOf(source), -1);
    const passes: Pass[] = [];
    const used: ByteString[] = [];
    let { text } = source;
    for (let position = least(candidates); position !== null; position = least(candidates)) {
      candidates.delete(position);
      const list = this.#lists[position] as CompiledList;
      const changed = substitute(text, list);
      if (changed === null) continue;
      passes.push(changed.pass);
      used.push(list.name);
      text = changed.text;
      if (text.length > TEXT_BYTES_MAX) break;
      this.#addCandidates(candidates, list.words, position);
    }
    return {
      text,
      used,
      mapped: once(() => passes.reduce(applied, source)),
      lines: once(() => new LineIndex(text, 2)),
      overflows: text.length > TEXT_BYTES_MAX,
    };
  }

  #addCandidates(candidates: Set<number>, words: Iterable<ByteString>, after: number): void {
    for (const word of words) {
      const position = this.#positions.get(word) ?? -1;
      if (position > after) candidates.add(position);
    }
  }
}

function least(numbers: ReadonlySet<number>): number | null {
  let found: number | null = null;
  for (const number of numbers) if (found === null || number < found) found = number;
  return found;
}

/** How a text was made of another one by putting one list into it. Holds neither: there may be one for each list. */
interface Pass {
  readonly parts: readonly Origin[];
  readonly list: CompiledList;
}

/** A run of bytes: of the text before, from an offset on; of the list's items; or of blanks between them. */
interface Origin {
  readonly length: number;
  readonly from: Written;
}

type Written = number | "list" | "blank";

interface Part {
  text: ByteString;
  readonly from: Written;
}

/** null when the list does not occur. Blanks around the name go; an empty list takes a comma along. */
function substitute(text: ByteString, list: CompiledList): { text: ByteString; pass: Pass } | null {
  const { name } = list;
  const insertion = list.insertion.text;
  const parts: Part[] = [];
  let copied = 0;
  let length = 0;
  let at = text.indexOf(name);
  while (at >= 0) {
    let end = at + name.length;
    if (!standsAlone(text, at, end, at === copied && parts.length > 0)) {
      at = text.indexOf(name, at + 1);
      continue;
    }
    length += at - copied;
    parts.push({ text: text.slice(copied, at), from: copied });
    length -= trimEnd(parts, BLANKS, Number.POSITIVE_INFINITY);
    while (BLANKS.includes(text[end] ?? "?")) end++;
    if (insertion === "") {
      const commas = trimEnd(parts, ",", 1);
      length -= commas;
      if (commas === 0 && text[end] === ",") end++;
    }
    const atStart = length === 0;
    if (!atStart) parts.push({ text: " ", from: "blank" });
    parts.push({ text: insertion, from: "list" }, { text: " ", from: "blank" });
    length += insertion.length + (atStart ? 1 : 2);
    copied = end;
    if (length > TEXT_BYTES_MAX) break;
    // At the very start the engine's search skips a byte too many.
    at = text.indexOf(name, copied + (atStart ? 1 : 0));
  }
  if (parts.length === 0) return null;
  parts.push({ text: text.slice(copied), from: copied });
  const origins = parts.map((part): Origin => ({ length: part.text.length, from: part.from }));
  return { text: parts.map((part) => part.text).join(""), pass: { parts: origins, list } };
}

function standsAlone(text: ByteString, start: number, end: number, behindBlank: boolean): boolean {
  return (
    (start === 0 || behindBlank || DELIMITERS.includes(text[start - 1] ?? "?")) &&
    (end >= text.length || DELIMITERS.includes(text[end] ?? "?"))
  );
}

/** Takes characters off the end, and parts that have none left; gives how many characters. */
function trimEnd(parts: Part[], characters: string, most: number): number {
  let taken = 0;
  for (let part = parts.at(-1); part !== undefined; part = parts.at(-1)) {
    let keep = part.text.length;
    while (keep > 0 && taken < most && characters.includes(part.text[keep - 1] ?? "?")) {
      keep--;
      taken++;
    }
    part.text = part.text.slice(0, keep);
    if (keep > 0) break;
    parts.pop();
  }
  return taken;
}

function applied(before: MappedText, { parts, list }: Pass): MappedText {
  return joinTexts(
    parts.map(({ length, from }) => {
      if (from === "blank") return " ".repeat(length);
      return from === "list" ? sliceText(list.insertion, 0, length) : sliceText(before, from, from + length);
    }),
  );
}
