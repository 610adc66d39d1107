// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

/**
 * The meaning of a shell pattern, written down plainly and apart from the fast matcher: for each element of the
 * pattern, the set of places in the text that the elements so far can reach.
 */
export function referenceGlob(pattern: ByteString, text: ByteString, foldCase: boolean): boolean {
  const elements = splitPattern(pattern);
  if (elements === null) return false;
  let reached = new Set([0]);
  for (const element of elements) {
    const next = new Set<number>();
    for (const at of reached) {
      if (element === "*") for (let to = at; to <= text.length; to++) next.add(to);
      else if (at < text.length && takes(element, text.charAt(at), foldCase)) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(text.length);
}

/** `*`, `?`, a byte quoted as `\x`, a bracket expression in its brackets, or a plain byte. */
type Element = string;

function splitPattern(pattern: ByteString): readonly Element[] | null {
  const elements: Element[] = [];
  let rest = pattern;
  while (rest !== "") {
    const bracket = rest[0] === "[" ? bracketLength(rest) : 0;
    const length = bracket > 0 ? bracket : rest[0] === "\\" ? 2 : 1;
    if (rest.length < length) return null;
    elements.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  const classes = elements.filter((element) => element.length > 2).flatMap(namedClasses);
  return classes.every((name) => name in CLASSES) ? elements : null;
}

const NAMED = String.raw`\[:[a-z]*:\]`;
const MEMBER = String.raw`(?:\[\..\.\]|\[=.=\]|\\.|[^\\])`;
const ITEM = `(?:${NAMED}|${MEMBER}(?:-(?!\\])${MEMBER})?)`;
/**
 * The lookaheads take a negation and an item once and for all: what reads as a class is never read again as single
 * bytes, nor `[^]` as an expression with one byte.
 */
const BRACKET = new RegExp(String.raw`^\[(?:[!^]|(?![!^]))(?=(${ITEM}))\1(?:(?!\])(?=(${ITEM}))\2)*\]`, "s");

/** Length of the bracket expression at the start of a text; 0 when it is not closed. */
function bracketLength(text: string): number {
  return BRACKET.exec(text)?.[0].length ?? 0;
}

function namedClasses(bracket: string): string[] {
  return [...bracket.matchAll(/\[:([a-z]*):\]/g)].map((match) => match[1]!);
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-/:-@\\[-`{-~",
  space: " \\t-\\r",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

function takes(element: Element, byte: string, foldCase: boolean): boolean {
  if (element === "?") return true;
  const cases = foldCase ? [asciiCase(byte, "lower"), asciiCase(byte, "upper")] : [byte];
  if (element.length > 2) return inBracket(element, cases);
  return cases.includes(element.at(-1)!);
}

function asciiCase(byte: string, to: "lower" | "upper"): string {
  if (!/[A-Za-z]/.test(byte)) return byte;
  return to === "lower" ? byte.toLowerCase() : byte.toUpperCase();
}

function inBracket(bracket: string, cases: readonly string[]): boolean {
  const negated = /^\[[!^]/.test(bracket);
  const body = bracket.slice(negated ? 2 : 1, -1);
  return negated !== cases.some((byte) => inBody(body, byte));
}

function inBody(body: string, byte: string): boolean {
  return (body.match(new RegExp(ITEM, "gs")) ?? []).some((item) => {
    const name = /^\[:([a-z]*):\]$/.exec(item)?.[1];
    if (name !== undefined) return new RegExp(`[${CLASSES[name]}]`).test(byte);
    const [low, high] = (item.match(new RegExp(MEMBER, "gs")) ?? [])
      .filter((_, i) => i !== 1)
      .map(memberByte);
    return low !== undefined && low <= byte && byte <= (high ?? low);
  });
}

function memberByte(member: string): string {
  return member.length === 5 ? member.charAt(2) : member.charAt(member.length - 1);
}
