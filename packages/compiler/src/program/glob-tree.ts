// SPDX-License-Identifier: Apache-2.0
import { ANY_RUN, type GlobToken } from "./glob.ts";

/** Most places in a tree: a set has one UTF-16 unit for each of its places. */
const PLACES_MAX = 0xffff;

/** A place in patterns: all tokens up to it have been read. */
interface Place {
  readonly number: number;
  /** The latest token that was read; null at the start. A run may go on. */
  readonly token: GlobToken | null;
  readonly next: Map<GlobToken, Place>;
  /** Whether a pattern ends here. */
  ends: boolean;
}

/**
 * Patterns as a tree: what begins with the same tokens shares their places. A set of places is a text with the number
 * of each as a UTF-16 unit, in order, so that equal sets are equal texts.
 */
export class GlobTree {
  readonly #places: Place[] = [{ number: 0, token: null, next: new Map(), ends: false }];

  /** Null: the patterns have too many places. */
  static of(patterns: readonly (readonly GlobToken[])[]): GlobTree | null {
    const tree = new GlobTree();
    for (const tokens of patterns) {
      if (tree.#places.length + tokens.length > PLACES_MAX) return null;
      tree.#insert(tokens);
    }
    return tree;
  }

  /** Where a text begins. */
  get start(): string {
    const reached = new Set<number>();
    reach(this.#places[0] as Place, reached);
    return setOf(reached);
  }

  /** The places behind one more byte. */
  after(set: string, byte: number): string {
    const reached = new Set<number>();
    for (const place of this.#placesOf(set)) {
      if (place.token === ANY_RUN) reached.add(place.number);
      for (const [token, next] of place.next) {
        if (token !== ANY_RUN && token[byte] === 1) reach(next, reached);
      }
    }
    return setOf(reached);
  }

  /** Whether a pattern matches a text that ends here. */
  endsIn(set: string): boolean {
    return this.#placesOf(set).some((place) => place.ends);
  }

  /** Whether a pattern matches whatever comes. */
  neverFails(set: string): boolean {
    return this.#placesOf(set).some((place) => place.ends && place.token === ANY_RUN);
  }

  #placesOf(set: string): Place[] {
    return Array.from({ length: set.length }, (_, i) => this.#places[set.charCodeAt(i)] as Place);
  }

  #insert(tokens: readonly GlobToken[]): void {
    let place = this.#places[0] as Place;
    for (const token of tokens) {
      let next = place.next.get(token);
      if (next === undefined) {
        next = { number: this.#places.length, token, next: new Map(), ends: false };
        this.#places.push(next);
        place.next.set(token, next);
      }
      place = next;
    }
    place.ends = true;
  }
}

/** A run may take nothing. */
function reach(place: Place, reached: Set<number>): void {
  reached.add(place.number);
  const run = place.next.get(ANY_RUN);
  if (run !== undefined) reached.add(run.number);
}

function setOf(reached: ReadonlySet<number>): string {
  let set = "";
  for (const number of [...reached].sort((a, b) => a - b)) set += String.fromCharCode(number);
  return set;
}
