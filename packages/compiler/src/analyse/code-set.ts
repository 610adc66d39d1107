// SPDX-License-Identifier: Apache-2.0

/** A set of small numbers, all below one limit that the sets of an operation share. Immutable. */
export class CodeSet {
  readonly #words: Uint32Array;

  private constructor(words: Uint32Array) {
    this.#words = words;
  }

  static of(limit: number, codes: Iterable<number>): CodeSet {
    const words = new Uint32Array(Math.ceil(limit / 32));
    for (const code of codes) words[code >> 5] = (words[code >> 5] ?? 0) | (1 << (code & 31));
    return new CodeSet(words);
  }

  union(other: CodeSet): CodeSet {
    return new CodeSet(this.#words.map((word, i) => word | (other.#words[i] ?? 0)));
  }

  intersection(other: CodeSet): CodeSet {
    return new CodeSet(this.#words.map((word, i) => word & (other.#words[i] ?? 0)));
  }

  difference(other: CodeSet): CodeSet {
    return new CodeSet(this.#words.map((word, i) => word & ~(other.#words[i] ?? 0)));
  }

  /** Members in ascending order. */
  toArray(): number[] {
    const codes: number[] = [];
    this.#words.forEach((word, i) => {
      for (let rest = word; rest !== 0; rest &= rest - 1) codes.push(i * 32 + 31 - Math.clz32(rest & -rest));
    });
    return codes;
  }
}
