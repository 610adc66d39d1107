// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
const INDENT = "  ";

/** Valid JSON with one member or element a line; texts and numbers stay as they are written. */
export function indentJson(text: ByteString): ByteString {
  let result = "";
  let depth = 0;
  let previous = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const afterOpening = previous === "{" || previous === "[";
    const closing = token === "}" || token === "]";
    if (closing) depth--;
    if (closing ? !afterOpening : afterOpening || previous === ",") result += `\n${INDENT.repeat(depth)}`;
    if (token === "{" || token === "[") depth++;
    result += token === ":" ? ": " : token;
    previous = token;
  }
  return result;
}
