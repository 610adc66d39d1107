// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import type { TextTest } from "./text-test.ts";

/** Fewest texts that are searched for in one pass: for fewer, a pass for each takes less. */
export const SEARCHED_TOGETHER_MIN = 4;
/** Entries of the largest table, 1 MiB: what needs a larger one is searched for text by text. */
const TABLE_MAX = 1 << 18;
const BYTES = 256;
/** Instead of a state: one of the texts is there. */
const FOUND = -1;
const ROOT = 0;

/** Whether any of some texts occurs in a text. One pass over it, however many there are (Aho and Corasick). */
export function searchTest(texts: readonly ByteString[]): TextTest {
  const machine = texts.length < SEARCHED_TOGETHER_MIN ? null : Machine.of(texts);
  if (machine === null) return (text) => texts.some((one) => text.includes(one));
  machine.goOnAnywhere();
  return (text) => machine.findsIn(text);
}

/** Whether a text begins with any of some texts. */
export function prefixTest(texts: readonly ByteString[]): TextTest {
  const machine = Machine.of(texts);
  if (machine === null) return (text) => texts.some((one) => text.startsWith(one));
  return (text) => machine.findsAtStart(text);
}

/** Whether a text ends with any of some texts. */
export function suffixTest(texts: readonly ByteString[]): TextTest {
  const machine = Machine.of(texts.map((text) => [...text].reverse().join("")));
  if (machine === null) return (text) => texts.some((one) => text.endsWith(one));
  return (text) => machine.findsBackwards(text);
}

/** The states of a search: a table tells from state and byte the next state. */
class Machine {
  /** Kinds of bytes: those of no text are all alike. */
  readonly #kinds = new Uint8Array(BYTES);
  readonly #kindCount: number;
  readonly #next: Int32Array;
  #states = 1;

  /** The tree of the texts; null: its table would be too large. */
  static of(texts: readonly ByteString[]): Machine | null {
    const bytes = new Set(texts.join(""));
    const states = texts.reduce((sum, text) => sum + text.length, 1);
    return bytes.size >= BYTES || states * (bytes.size + 1) > TABLE_MAX
      ? null
      : new Machine(texts, bytes, states);
  }

  private constructor(texts: readonly ByteString[], bytes: ReadonlySet<string>, states: number) {
    this.#kindCount = bytes.size + 1;
    this.#next = new Int32Array(states * this.#kindCount);
    let kind = 0;
    for (const byte of bytes) this.#kinds[byte.charCodeAt(0)] = ++kind;
    for (const text of texts) this.#insert(text);
  }

  /** Where a text does not go on, the search goes on with the longest beginning of a text that ends there. */
  goOnAnywhere(): void {
    const next = this.#next;
    const kinds = this.#kindCount;
    const fallback = new Int32Array(this.#states);
    const open = [ROOT];
    for (const state of open) {
      for (let kind = 0; kind < kinds; kind++) {
        const at = state * kinds + kind;
        const child = next[at] as number;
        const other = state === ROOT ? ROOT : (next[(fallback[state] as number) * kinds + kind] as number);
        if (child === ROOT || other === FOUND) next[at] = other;
        else if (child !== FOUND) {
          fallback[child] = other;
          open.push(child);
        }
      }
    }
  }

  findsIn(text: ByteString): boolean {
    const next = this.#next;
    const kinds = this.#kinds;
    const kindCount = this.#kindCount;
    let state = ROOT;
    for (let i = 0; i < text.length; i++) {
      state = next[state * kindCount + (kinds[text.charCodeAt(i)] as number)] as number;
      if (state === FOUND) return true;
    }
    return false;
  }

  /** Only before `goOnAnywhere`: where no text goes on, the next state is the first one. */
  findsAtStart(text: ByteString): boolean {
    let state = ROOT;
    for (let i = 0; i < text.length; i++) {
      state = this.#after(state, text.charCodeAt(i));
      if (state <= ROOT) break;
    }
    return state === FOUND;
  }

  /** The same from the end of a text on. */
  findsBackwards(text: ByteString): boolean {
    let state = ROOT;
    for (let i = text.length - 1; i >= 0; i--) {
      state = this.#after(state, text.charCodeAt(i));
      if (state <= ROOT) break;
    }
    return state === FOUND;
  }

  #after(state: number, byte: number): number {
    return this.#next[state * this.#kindCount + (this.#kinds[byte] as number)] as number;
  }

  /** What comes after one of the texts no longer matters. */
  #insert(text: ByteString): void {
    let state = ROOT;
    for (let i = 0; i < text.length; i++) {
      const at = state * this.#kindCount + (this.#kinds[text.charCodeAt(i)] as number);
      if (this.#next[at] === FOUND) return;
      if (i === text.length - 1) this.#next[at] = FOUND;
      else if (this.#next[at] === ROOT) this.#next[at] = this.#states++;
      state = this.#next[at] as number;
    }
  }
}
