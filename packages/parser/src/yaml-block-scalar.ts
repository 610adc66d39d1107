// SPDX-License-Identifier: Apache-2.0
import { isBlank, isBreak, SPACE, TAB, type YamlCursor } from "./yaml-cursor.ts";
import { YamlText } from "./yaml-text.ts";

export interface BlockScalar {
  readonly text: YamlText;
  /** Offset behind its last line with content. */
  readonly end: number;
}

/** Reads a literal (`|`) or folded (`>`) scalar from its indicator on; `parentIndent` is -1 at the top. */
export function scanBlockScalar(cursor: YamlCursor, parentIndent: number): BlockScalar {
  const folded = cursor.peek() === 0x3e;
  cursor.skip();
  const header = scanHeader(cursor);
  const indent = (header.indent ?? 1) + Math.max(parentIndent, 0);
  const block = scanLines(cursor, folded, indent, header.indent === null);
  const end = block.text.lastOtherThan("\n");
  if (header.chomp === "strip" || (header.chomp === "clip" && end < 0)) block.text.cut(end + 1);
  else if (header.chomp === "clip") block.text.cut(end + 2);
  return block;
}

interface BlockHeader {
  readonly chomp: "clip" | "strip" | "keep";
  /** Columns of indentation beyond the parent's; null where the first line decides. */
  readonly indent: number | null;
}

function scanHeader(cursor: YamlCursor): BlockHeader {
  let chomp: BlockHeader["chomp"] = "clip";
  let indent: number | null = null;
  for (let hasChomp = false; ; ) {
    const character = String.fromCharCode(cursor.peek());
    if ((character === "+" || character === "-") && !hasChomp) {
      hasChomp = true;
      chomp = character === "+" ? "keep" : "strip";
      cursor.skip();
    } else if (/[0-9]/.test(character) && indent === null) {
      cursor.skip();
      indent = Number(character);
      if (indent === 0) cursor.fail("cannot set zero indentation for a block scalar");
    } else break;
  }
  cursor.skipBlanks();
  if (cursor.peek() === 0x23) cursor.skipLine();
  if (!cursor.atEnd && !isBreak(cursor.peek())) cursor.fail("unexpected character in block scalar");
  return { chomp, indent };
}

function scanLines(cursor: YamlCursor, folded: boolean, minimum: number, detects: boolean): BlockScalar {
  const text = new YamlText(cursor.text);
  const folding = new Folding();
  let indent = minimum;
  let hasContent = false;
  let end = cursor.offset;
  for (let isHeader = true; !cursor.atEnd; isHeader = false) {
    const from = cursor.offset;
    cursor.skipLine();
    if (cursor.offset > from) {
      hasContent = true;
      end = cursor.offset;
      text.copy(from, end);
    }
    if (cursor.atEnd) break;
    const lineBreak = cursor.offset;
    cursor.skipBreak();
    const detecting = detects && !hasContent;
    while (cursor.peek() === SPACE && (detecting || cursor.column < indent)) cursor.skip();
    if (detecting) indent = Math.max(indent, cursor.column);
    if (cursor.peek() === TAB && cursor.column < indent)
      cursor.fail("illegal tab when looking for indentation");
    const next: NextLine = {
      empty: isBreak(cursor.peek()),
      moreIndented: isBlank(cursor.peek()),
      inside: cursor.column >= indent,
    };
    const glue = folded ? folding.join(next, isHeader, hasContent) : isHeader ? "" : "\n";
    if (glue !== "") text.put(glue, lineBreak);
    if (!next.empty && !next.inside) break;
  }
  return { text, end };
}

interface NextLine {
  readonly empty: boolean;
  /** Begins with a blank behind the indentation. */
  readonly moreIndented: boolean;
  /** Is indented enough to belong to the scalar. */
  readonly inside: boolean;
}

/**
 * What a folded scalar makes of line breaks: one between two ordinary lines becomes a space; of a run of empty
 * lines one break is dropped; around more indented lines every break stays.
 */
class Folding {
  #emptyLine = false;
  #moreIndented = false;
  #breaks = 0;
  #runBeganMoreIndented = false;

  join(next: NextLine, isHeader: boolean, hasContent: boolean): string {
    if (this.#breaks === 0 && next.empty) this.#runBeganMoreIndented = this.#moreIndented;
    const glue = isHeader ? "" : this.#glue(next, hasContent);
    this.#emptyLine = next.empty;
    this.#moreIndented = next.moreIndented;
    return glue;
  }

  #glue(next: NextLine, hasContent: boolean): string {
    if (next.empty) {
      this.#breaks++;
      return "";
    }
    const ordinary = !this.#emptyLine && !this.#moreIndented && !next.moreIndented && next.inside;
    let glue = ordinary ? " " : "\n";
    if (this.#breaks > 0) {
      const keepsAll = this.#runBeganMoreIndented || next.moreIndented || !hasContent;
      glue += "\n".repeat(this.#breaks - (keepsAll ? 0 : 1));
      this.#breaks = 0;
    }
    return glue;
  }
}
