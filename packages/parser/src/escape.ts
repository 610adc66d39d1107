// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "./bytes.ts";

/** Characters after a backslash, beside the quote and `x`. The engine turns backslash-blank into a lone backslash. */
const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  "/": "/",
  " ": "\\",
};

const PRINTED: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
  '"': '\\"',
};

const NEEDS_QUOTES = /[\b\f\n\r\t =\\"'\0]/;
const ESCAPED_IN_PRINT = /[\b\f\n\r\t\\"]/g;
const TWO_HEX_DIGITS = /^[0-9A-Fa-f]{2}$/;

/** What a quoted text stands for, or why one of its escapes is refused (the engine's wording). */
export type Unescaped =
  | { readonly ok: true; readonly text: ByteString }
  | { readonly ok: false; readonly message: string };

/** A text as the canonical form prints it: bare, or in double quotes where it holds a character that needs them. */
export function escapeValue(text: ByteString): ByteString {
  return NEEDS_QUOTES.test(text) ? quoteValue(text) : text;
}

/** A text in double quotes, which stand for it wherever a text may stand. */
export function quoteValue(text: ByteString): ByteString {
  return `"${text.replace(ESCAPED_IN_PRINT, (character) => PRINTED[character] ?? character)}"`;
}

/** Decodes a text in quotes. The first and last characters are the quotes; they are not checked. */
export function unescapeQuoted(quoted: ByteString): Unescaped {
  const content = quoted.slice(1, -1);
  if (!content.includes("\\")) return { ok: true, text: content };
  const quote = quoted.charAt(0);
  let text = "";
  let at = 0;
  for (let slash = content.indexOf("\\"); slash >= 0; slash = content.indexOf("\\", at)) {
    text += content.slice(at, slash);
    const letter = content.charAt(slash + 1);
    const hex = content.slice(slash + 2, slash + 4);
    const decoded = letter === quote ? quote : letter === "x" ? decodeHex(hex) : ESCAPES[letter];
    if (decoded === undefined) return { ok: false, message: refusal(letter, hex, quote) };
    text += decoded;
    at = slash + (letter === "x" ? 4 : 2);
  }
  return { ok: true, text: text + content.slice(at) };
}

function decodeHex(digits: string): string | undefined {
  return TWO_HEX_DIGITS.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined;
}

function refusal(letter: string, hex: string, quote: string): string {
  if (letter === "x") {
    return hex.length < 2 ? "truncated hex char escape sequence" : `invalid hex char escape sequence: ${hex}`;
  }
  if (letter === '"' || letter === "'") return `invalid \\${letter} escape in ${quote}-quoted string`;
  return `unsupported string escape sequence: \\${letter}`;
}
