// SPDX-License-Identifier: Apache-2.0

/**
 * A piece of generated JavaScript. Only the functions of this file make one: they take values only as literals
 * and names only from our own counters, so that no text of a rule can become code.
 */
export type Code = CodeFragment;

class CodeFragment {
  /** Private, so that no other object passes for a fragment. */
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  toString(): string {
    return this.#text;
  }
}

/** A value that stands for itself in code. */
export type LiteralValue = string | number | bigint | boolean | null;

/** Fragment from a template: fragments in its gaps are code, any other value becomes a literal. */
export function code(strings: TemplateStringsArray, ...gaps: readonly (Code | LiteralValue)[]): Code {
  let text = strings[0]!;
  for (const [i, gap] of gaps.entries()) text += codeText(gap) + strings[i + 1]!;
  return new CodeFragment(text);
}

/** Fragments one after another, with `separator` between them. */
export function joinCode(parts: readonly (Code | LiteralValue)[], separator: Code): Code {
  return new CodeFragment(parts.map(codeText).join(separator.toString()));
}

/**
 * Kinds of names in generated code, told apart by their first letter:
 * `f` extractor of a slot, `k` constant, `e` whether a rule is enabled;
 * `g` value and `t` test that are kept for one event, `u` test that is kept beyond it, `h` value and `p` test that
 * are not kept, `n` count of tests;
 * `x` finds the memory of the current event's text, `y` is that memory, `z` gives the memory of any text;
 * `c` first rule that matches and `a` all rules that match, of those for some event codes; `s`, `r` the same for all
 * codes of a source, `w` the codes of a source that no rule may match.
 */
export type NameKind =
  | "f"
  | "k"
  | "e"
  | "g"
  | "t"
  | "u"
  | "x"
  | "y"
  | "z"
  | "h"
  | "p"
  | "n"
  | "c"
  | "a"
  | "s"
  | "r"
  | "w";

export function nameCode(kind: NameKind, index: number): Code {
  return new CodeFragment(`${kind}${Math.trunc(index)}`);
}

function codeText(part: Code | LiteralValue): string {
  return part instanceof CodeFragment ? part.toString() : literalText(part);
}

/**
 * The only way for a text into generated code. JSON's escapes, and further ones for what is not ASCII and for the
 * character that opens tags and comments of HTML, leave a literal that is safe in a file, a page and an `eval`.
 */
function literalText(value: LiteralValue): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value).replace(
        /[<\u007f-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    case "bigint":
      return value < 0n ? `(${value}n)` : `${value}n`;
    case "number":
      return value < 0 ? `(${value})` : String(value);
    case "boolean":
      return value ? "true" : "false";
    default:
      return "null";
  }
}
