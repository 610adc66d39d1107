// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

export const BLANKS = " \t\n\r";
/** What may stand beside the name of a list in a condition. */
export const DELIMITERS = `${BLANKS}(),=`;
const DELIMITER_RUN = /[ \t\n\r(),=]+/;

/** The words of a text, between delimiters. */
export function wordsIn(text: ByteString): readonly ByteString[] {
  return text.split(DELIMITER_RUN);
}
