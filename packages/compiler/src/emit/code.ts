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
 * Kinds of names in generated code, told apart by their first letter: `f` extractor of a slot, `g` value kept for
 * one event, `t` test, `n` count of tests that hold, `c` rules of an event code, `a` the same for all matches,
 * `s` source, `e` whether a rule is enabled, `k` constant.
 */
export type NameKind = "f" | "g" | "t" | "n" | "c" | "a" | "s" | "e" | "k";

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
  if (typeof value === "string") {
    return JSON.stringify(value).replace(/[<\u007f-\uffff]/g, (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
    });
  }
  const text = typeof value === "bigint" ? `${value}n` : String(value);
  return text.startsWith("-") ? `(${text})` : text;
}
