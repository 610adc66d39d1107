// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import { referenceGlob } from "./reference-glob.ts";

/** The meaning of `pmatch` for one listed path: each of its parts matches the part of the text at its place. */
export function referencePathMatch(path: ByteString, text: ByteString): boolean {
  const parts = text.split("/").filter((part) => part !== "");
  return path
    .split("/")
    .filter((part) => part !== "")
    .every((expected, i) => {
      const part = parts[i];
      return (
        part !== undefined &&
        (/[?*[]/.test(expected) ? referenceGlob(expected, part, false) : expected === part)
      );
    });
}
