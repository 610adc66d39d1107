// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import { type GlobTables, globTokens, matchTokens } from "./glob.ts";
import { GlobTree } from "./glob-tree.ts";
import type { TextTest } from "./text-test.ts";

/**
 * Whether any of some shell patterns (see `globTest`) matches a text. One pass over it, however many there are, by an
 * automaton that is made as texts need it; where that would take too much memory, pattern by pattern.
 */
export function anyGlobTest(patterns: readonly ByteString[], foldCase: boolean): TextTest {
  const tables: GlobTables = new Map();
  const lists = patterns.map((one) => globTokens(one, foldCase, tables)).filter((tokens) => tokens !== null);
  const oneByOne: TextTest = (text) => lists.some((tokens) => matchTokens(tokens, text));
  const tree = GlobTree.of(lists);
  if (tree === null) return oneByOne;
  const automaton = new Automaton(tree, [...tables.values()]);
  return (text) => automaton.matches(text) ?? oneByOne(text);
}

/** Most entries of the table from state and byte to the next state. */
const TABLE_MAX = 1 << 18;
/** Most places that the sets of all states may have together. */
const PLACES_MAX = 1 << 18;
/** Texts that have found the table full before it starts anew: for fewer, filling it again would take longer. */
const TURNED_AWAY_MAX = 4096;
const FIRST_STATES = 16;
const BYTES = 256;

/** Instead of a next state: not looked at yet. So states count from 1. */
const UNKNOWN = 0;
/** Some pattern matches whatever comes. */
const FOUND = -1;
/** No pattern matches whatever comes. */
const LOST = -2;
/** There is no room for it. */
const FULL = -3;
const START = 1;

/** States are sets of places in a tree of patterns; those that texts lead to are kept. */
class Automaton {
  readonly #tree: GlobTree;
  /** Kinds of bytes: no pattern tells two of one kind apart. */
  readonly #kinds = new Uint8Array(BYTES);
  readonly #kindCount: number;
  #next = new Int32Array(0);
  #sets: string[] = [];
  /** Whether a text that ends in a state is matched. */
  #ends: boolean[] = [];
  readonly #states = new Map<string, number>();
  #places = 0;
  #turnedAway = 0;

  constructor(tree: GlobTree, tables: readonly Uint8Array[]) {
    this.#tree = tree;
    this.#kindCount = splitKinds(this.#kinds, tables);
    this.#startAnew();
  }

  /** Null: there is no room to find out. */
  matches(text: ByteString): boolean | null {
    let state = START;
    for (let i = 0; i < text.length; i++) {
      const byte = text.charCodeAt(i);
      let next = this.#next[state * this.#kindCount + (this.#kinds[byte] as number)] as number;
      if (next === UNKNOWN) next = this.#explore(state, byte);
      if (next < 0) return next === FULL ? null : next === FOUND;
      state = next;
    }
    return this.#ends[state] as boolean;
  }

  #explore(state: number, byte: number): number {
    const set = this.#tree.after(this.#sets[state] as string, byte);
    const next = set === "" ? LOST : this.#tree.neverFails(set) ? FOUND : this.#stateOf(set);
    if (next === FULL) {
      if (++this.#turnedAway > TURNED_AWAY_MAX) this.#startAnew();
    } else {
      this.#next[state * this.#kindCount + (this.#kinds[byte] as number)] = next;
    }
    return next;
  }

  #stateOf(set: string): number {
    const known = this.#states.get(set);
    if (known !== undefined) return known;
    const state = this.#sets.length;
    const entries = (state + 1) * this.#kindCount;
    if (entries > TABLE_MAX || this.#places + set.length > PLACES_MAX) return FULL;
    if (entries > this.#next.length) this.#grow();
    this.#places += set.length;
    this.#sets.push(set);
    this.#ends.push(this.#tree.endsIn(set));
    this.#states.set(set, state);
    return state;
  }

  #grow(): void {
    const larger = new Int32Array(Math.min(this.#next.length * 2, TABLE_MAX));
    larger.set(this.#next);
    this.#next = larger;
  }

  #startAnew(): void {
    this.#next = new Int32Array(FIRST_STATES * this.#kindCount);
    this.#states.clear();
    this.#places = 0;
    this.#turnedAway = 0;
    this.#sets = [""];
    this.#ends = [false];
    this.#stateOf(this.#tree.start);
  }
}

/** Numbers bytes so that two have the same number exactly where they are alike in each table; gives the count. */
function splitKinds(kinds: Uint8Array, tables: readonly Uint8Array[]): number {
  let count = 1;
  for (const table of tables) {
    const split = new Map<number, number>();
    for (let byte = 0; byte < BYTES; byte++) {
      const key = (kinds[byte] as number) * 2 + (table[byte] as number);
      if (!split.has(key)) split.set(key, split.size);
      kinds[byte] = split.get(key) as number;
    }
    count = split.size;
  }
  return count;
}
