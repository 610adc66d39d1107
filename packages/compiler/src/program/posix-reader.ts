// SPDX-License-Identifier: Apache-2.0

/** A cursor over the characters (code points) of a pattern. */
export interface PatternReader {
  readonly characters: readonly string[];
  at: number;
}

/** A fault of a pattern in RE2's words: the kind of fault and the part of the pattern it lies in. */
export class PatternError extends Error {
  constructor(fault: string, reader: PatternReader, start: number, end: number) {
    const part = reader.characters.slice(start, end).join("");
    super(part === "" ? fault : `${fault}: ${part}`);
  }
}
