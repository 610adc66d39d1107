// SPDX-License-Identifier: Apache-2.0
import { isBlank, isBlankOrBreak, isBreak, SPACE, TAB, type YamlCursor } from "./yaml-cursor.ts";
import { YamlText } from "./yaml-text.ts";

const HASH = 0x23;
const COLON = 0x3a;

export interface PlainScalar {
  readonly text: YamlText;
  /** Offset behind its last character that is not a blank. */
  readonly end: number;
  /** True when it was a less indented line that ended it. */
  readonly endedByLine: boolean;
}

/**
 * Reads a scalar without quotes. It goes on over lines indented by at least `indent` columns; a line break
 * becomes a space, and every further empty line a line feed.
 */
export function scanPlainScalar(cursor: YamlCursor, inFlow: boolean, indent: number): PlainScalar {
  const text = new YamlText(cursor.text);
  let end = cursor.offset;
  let endedByLine = false;
  let afterEmptyLine = false;
  while (!cursor.atEnd) {
    const from = cursor.offset;
    end = skipContent(cursor, inFlow) ?? end;
    text.copy(from, end);
    if (cursor.atEnd || cursor.atDocumentMarker() || endsPlain(cursor, inFlow)) break;
    const lineBreak = cursor.offset;
    cursor.skipBreak();
    skipIndentation(cursor, inFlow, indent);
    const nextIsEmpty = isBreak(cursor.peek());
    if (nextIsEmpty) text.put("\n", lineBreak);
    else if (!afterEmptyLine) text.put(" ", lineBreak);
    afterEmptyLine = nextIsEmpty;
    if (!nextIsEmpty && cursor.column < indent) {
      endedByLine = true;
      break;
    }
  }
  text.cut(text.lastOtherThan(" \t") + 1);
  text.cut(text.lastOtherThan("\n") + 1);
  return { text, end, endedByLine };
}

/** Moves over the rest of a line. Gives the offset behind the last character that is no blank; null if none is. */
function skipContent(cursor: YamlCursor, inFlow: boolean): number | null {
  let end: number | null = null;
  while (!cursor.atEnd && !isBreak(cursor.peek()) && !endsPlain(cursor, inFlow)) {
    if (cursor.atDocumentMarker()) break;
    const blank = isBlank(cursor.peek());
    cursor.skip();
    if (blank) continue;
    cursor.skipOrdinary();
    end = cursor.offset;
  }
  return end;
}

function skipIndentation(cursor: YamlCursor, inFlow: boolean, indent: number): void {
  while (cursor.peek() === SPACE && cursor.column < indent && !endsPlain(cursor, inFlow)) cursor.skip();
  while (isBlank(cursor.peek())) {
    if (cursor.peek() === TAB && cursor.column < indent)
      cursor.fail("illegal tab when looking for indentation");
    if (endsPlain(cursor, inFlow)) return;
    cursor.skip();
  }
}

/** Whether `: `, a comment, or within `[]` and `{}` one of `,?[]{}`, stands here. */
function endsPlain(cursor: YamlCursor, inFlow: boolean): boolean {
  const code = cursor.peek();
  if (code === COLON) {
    const next = cursor.peek(1);
    return cursor.endsWord(next) || (inFlow && (next === 0x2c || next === 0x5d || next === 0x7d));
  }
  if (isBlankOrBreak(code)) return cursor.peek(1) === HASH;
  return inFlow && FLOW_END.has(code);
}

const FLOW_END: ReadonlySet<number> = new Set([..."?,[]{}"].map((character) => character.charCodeAt(0)));
