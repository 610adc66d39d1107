// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText, encodeText } from "@falcoc/compiler/program";

/**
 * Content of a JSON string, between its quotes, with escapes resolved; null when there is an escape that JSON lacks.
 * A lone surrogate becomes U+FFFD, and so does what is not UTF-8 when there are escapes beside it.
 */
export function unescapeString(content: ByteString): ByteString | null {
  if (!content.includes("\\")) return content;
  try {
    return encodeText(JSON.parse(`"${decodeText(content)}"`) as string);
  } catch {
    return null;
  }
}
