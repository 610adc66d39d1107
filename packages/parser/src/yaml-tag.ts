// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";
import { isBlankOrBreak, isBreak, type YamlCursor } from "./yaml-cursor.ts";

const WORD = /[-0-9A-Za-z]/y;
const TAG = /[-0-9A-Za-z#;/?:@&=+$_.~*'()]|%[0-9A-Fa-f]{2}/y;
const URI = /[-0-9A-Za-z#;/?:@&=+$,_.!~*'()[\]]|%[0-9A-Fa-f]{2}/y;

/**
 * Reads a tag from its `!` on and gives its text. Rules give tags no meaning but one: a scalar with a tag of
 * its own is never null. The lone `!` gives "!".
 */
export function scanTag(cursor: YamlCursor): ByteString {
  const start = cursor.offset;
  cursor.skip();
  if (cursor.peek() === 0x3c) {
    cursor.skip();
    skipAll(cursor, URI);
    if (cursor.peek() !== 0x3e) cursor.fail("end of verbatim tag not found");
    cursor.skip();
  } else {
    skipAll(cursor, WORD);
    const handleEnds = cursor.peek() === 0x21;
    const handleMark = cursor.mark();
    if (!handleEnds && skipAll(cursor, TAG) && cursor.peek() === 0x21) {
      cursor.fail(`illegal character found while scanning tag handle at column ${handleMark.column + 1}`);
    }
    if (handleEnds) {
      cursor.skip();
      if (!skipAll(cursor, TAG)) cursor.fail("tag handle with no suffix");
    }
  }
  return cursor.text.slice(start, cursor.offset);
}

export interface Directive {
  readonly name: ByteString;
  readonly parameters: readonly ByteString[];
}

/** Reads a directive from its `%` on. */
export function scanDirective(cursor: YamlCursor): Directive {
  cursor.skip();
  const name = scanWord(cursor);
  const parameters: ByteString[] = [];
  for (;;) {
    cursor.skipBlanks();
    if (cursor.atEnd || isBreak(cursor.peek()) || cursor.peek() === 0x23) return { name, parameters };
    parameters.push(scanWord(cursor));
  }
}

function scanWord(cursor: YamlCursor): ByteString {
  const start = cursor.offset;
  while (!cursor.atEnd && !isBlankOrBreak(cursor.peek())) cursor.skip();
  return cursor.text.slice(start, cursor.offset);
}

/** Moves over everything that a sticky pattern matches. True when it was anything. */
function skipAll(cursor: YamlCursor, pattern: RegExp): boolean {
  const start = cursor.offset;
  for (;;) {
    pattern.lastIndex = cursor.offset;
    const match = pattern.exec(cursor.text);
    if (match === null) return cursor.offset > start;
    cursor.skip(match[0].length);
  }
}
