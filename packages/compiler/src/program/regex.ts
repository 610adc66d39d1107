// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import { RE2JS, RE2JSException } from "re2js";
import { translatePosix } from "./posix-pattern.ts";
import type { MatchedTexts } from "./posix-texts.ts";
import { searchTest } from "./text-search.ts";
import type { TextTest } from "./text-test.ts";

export type Regex =
  | { readonly ok: true; readonly test: TextTest; readonly texts: MatchedTexts }
  | { readonly ok: false /** In RE2's words. */; readonly message: string };

/**
 * Compiles a regular expression (see `translatePosix`) that must match the whole text. The text is decoded first,
 * ill-formed parts as U+FFFD, so that `.` is one code point. A test takes time linear in the text.
 */
export function compileRegex(pattern: ByteString): Regex {
  const translated = translatePosix(pattern);
  if (!translated.ok) return translated;
  try {
    const compiled = RE2JS.compile(translated.source);
    const { texts } = translated;
    const test = whereItCanMatch(texts, (text) => compiled.testExact(decodeText(text)));
    return { ok: true, test, texts };
  } catch (error) {
    if (error instanceof RE2JSException) return { ok: false, message: error.message };
    throw error;
  }
}

/** The test of a pattern that the checker has accepted. Any other pattern throws. */
export function regexTest(pattern: ByteString): TextTest {
  return acceptedRegex(pattern).test;
}

/** Whether any of such patterns matches. One search for what they need, before any of those that need something. */
export function anyRegexTest(patterns: readonly ByteString[]): TextTest {
  const regexes = patterns.map(acceptedRegex);
  const needing = regexes.filter(({ texts }) => texts.needed !== null);
  const others = regexes.filter(({ texts }) => texts.needed === null);
  const search = searchTest(needing.flatMap(({ texts }) => texts.needed ?? []));
  return (text) =>
    (search(text) && needing.some(({ test }) => test(text))) || others.some(({ test }) => test(text));
}

function acceptedRegex(pattern: ByteString): Regex & { readonly ok: true } {
  const regex = compileRegex(pattern);
  if (!regex.ok) throw new Error(`invalid regex pattern: ${regex.message}`);
  return regex;
}

/** The same test, made only of texts that have in them what is needed: most texts have not, and looking takes less. */
function whereItCanMatch({ only, needed }: MatchedTexts, test: TextTest): TextTest {
  if (only !== null) return test(only) ? (text) => text === only : () => false;
  if (needed === null) return test;
  const search = searchTest(needed);
  return (text) => search(text) && test(text);
}
