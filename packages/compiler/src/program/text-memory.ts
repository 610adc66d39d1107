// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

/** Most texts of which something is remembered; for one more, all are forgotten. */
const TEXTS_MAX = 4096;
/** Longer texts are not remembered. */
const TEXT_BYTES_MAX = 256;

/**
 * Makes memory of `words` words for what is found out about texts: the same for equal texts, all 0 at first. A missing
 * text is one of them.
 */
export function rememberTexts(words: number): (text: ByteString | null) => Int32Array {
  const memories = new Map<ByteString | null, Int32Array>();
  const nothing = new Int32Array(words);
  return (text) => {
    const known = memories.get(text);
    if (known !== undefined) return known;
    if (text !== null && text.length > TEXT_BYTES_MAX) return nothing.fill(0);
    if (memories.size >= TEXTS_MAX) memories.clear();
    const memory = new Int32Array(words);
    memories.set(text, memory);
    return memory;
  };
}
