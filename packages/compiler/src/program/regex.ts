// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import { RE2JS, RE2JSException } from "re2js";
import { translatePosix } from "./posix-pattern.ts";
import type { TextTest } from "./text-test.ts";

export type Regex =
  | { readonly ok: true; readonly test: TextTest }
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
    return { ok: true, test: (text) => compiled.testExact(decodeText(text)) };
  } catch (error) {
    if (error instanceof RE2JSException) return { ok: false, message: error.message };
    throw error;
  }
}

/** The test of a pattern that the checker has accepted. Any other pattern throws. */
export function regexTest(pattern: ByteString): TextTest {
  const regex = compileRegex(pattern);
  if (!regex.ok) throw new Error(`invalid regex pattern: ${regex.message}`);
  return regex.test;
}
