// SPDX-License-Identifier: Apache-2.0

/**
 * A string in which each UTF-16 unit (0 to 255) stands for one byte.
 *
 * The engine's language counts, compares and orders bytes. Every condition text, every text literal and every
 * text value of an event is kept in this form, so that `length`, `<`, `startsWith`, `indexOf` mean what the
 * engine means by them and V8 keeps one byte a character. ASCII text is the same in both forms.
 */
export type ByteString = string;

const NON_ASCII = /[^\u0000-\u007f]/;

/** UTF-8 bytes of a text, one a character. Lone surrogates become U+FFFD. */
export function encodeText(text: string): ByteString {
  if (!NON_ASCII.test(text)) return text;
  let bytes = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes += character;
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code >= 0xd800 && code <= 0xdfff) bytes += "\xef\xbf\xbd";
    else if (code < 0x10000) {
      bytes += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    } else {
      bytes += String.fromCharCode(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return bytes;
}

/** The text that UTF-8 bytes spell. Each maximal ill-formed subsequence becomes one U+FFFD. */
export function decodeText(bytes: ByteString): string {
  if (!NON_ASCII.test(bytes)) return bytes;
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const size = sequenceLength(bytes, i);
    if (size > 0) {
      text += String.fromCodePoint(codePoint(bytes, i, size));
      i += size;
    } else {
      text += "\ufffd";
      i -= size;
    }
  }
  return text;
}

/**
 * Length in bytes (1 to 4) of the well-formed UTF-8 sequence at `at`; for an ill-formed one, minus the number
 * of bytes (1 to 3) of its maximal ill-formed part (Unicode 15, table 3-7).
 */
export function sequenceLength(bytes: ByteString, at: number): number {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return -1;
  const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = bytes.charCodeAt(at + 1);
  if (!(second >= low && second <= high)) return -1;
  for (let i = 2; i < size; i++) {
    const next = bytes.charCodeAt(at + i);
    if (!(next >= 0x80 && next <= 0xbf)) return -i;
  }
  return size;
}

function codePoint(bytes: ByteString, at: number, size: number): number {
  const first = bytes.charCodeAt(at);
  if (size === 1) return first;
  let code = first & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) code = (code << 6) | (bytes.charCodeAt(at + i) & 63);
  return code;
}
