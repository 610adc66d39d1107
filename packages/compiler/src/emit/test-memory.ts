// SPDX-License-Identifier: Apache-2.0
import { type Code, code } from "./code.ts";

const BITS_PER_TEST = 2;
const TESTS_PER_WORD = 32 / BITS_PER_TEST;
const HOLDS = 2;
const FAILS = 1;

/**
 * Memory of generated code for what tests come to, beyond one event: an Int32Array with two bits for each test, 0 as
 * long as its result is not known.
 */
export class TestMemory {
  /** Expression of the array that belongs to the current event. */
  readonly #array: Code;
  #tests = 0;

  constructor(array: Code) {
    this.#array = array;
  }

  /** Length of the array. */
  get words(): number {
    return Math.ceil(this.#tests / TESTS_PER_WORD);
  }

  /** Room for one more test. */
  add(): TestBits {
    const index = this.#tests++;
    const shift = (index % TESTS_PER_WORD) * BITS_PER_TEST;
    return new TestBits(code`${this.#array}[${Math.floor(index / TESTS_PER_WORD)}]`, shift);
  }
}

class TestBits {
  readonly #word: Code;
  readonly #shift: number;

  constructor(word: Code, shift: number) {
    this.#word = word;
    this.#shift = shift;
  }

  /** Test as an operand of `&&` and `||`: `find` finds it out when it is not known. `b` is a variable free for it. */
  test(find: Code): Code {
    const [mask, holds] = [(HOLDS | FAILS) << this.#shift, HOLDS << this.#shift];
    return code`((b = ${this.#word} & ${mask}) === ${holds} || b === 0 && ${find})`;
  }

  /** Statement that keeps a result. */
  keep(result: Code): Code {
    return code`${this.#word} |= ${result} ? ${HOLDS << this.#shift} : ${FAILS << this.#shift};`;
  }
}
