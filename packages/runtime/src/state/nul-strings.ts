// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

/** The strings of a list in which each is ended by NUL; the last may lack its end. */
export function splitNul(list: ByteString): ByteString[] {
  return list === "" ? [] : withoutEnd(list).split("\0");
}

function withoutEnd(list: ByteString): ByteString {
  return list.endsWith("\0") ? list.slice(0, -1) : list;
}

/** Such a list, kept as it came and taken apart when first asked for: few arguments and environments ever are. */
export class NulStrings {
  readonly #list: ByteString;
  #items: readonly ByteString[] | null = null;
  #joined: ByteString | null = null;

  constructor(list: ByteString) {
    this.#list = list;
  }

  get items(): readonly ByteString[] {
    this.#items ??= splitNul(this.#list);
    return this.#items;
  }

  /** All strings with blanks between them. */
  get joined(): ByteString {
    this.#joined ??= withoutEnd(this.#list).replaceAll("\0", " ");
    return this.#joined;
  }
}

export const NO_STRINGS = new NulStrings("");
