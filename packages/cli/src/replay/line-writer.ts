// SPDX-License-Identifier: Apache-2.0
import type { Output } from "../terminal.ts";

/** Lines are handed on when this many characters have come together. */
const CHUNK_LENGTH = 64 * 1024;

/** Collects lines, so that a capture of a million events does not make a million writes. */
export class LineWriter {
  readonly #output: Output;
  #pending = "";

  constructor(output: Output) {
    this.#output = output;
  }

  line(text: string): void {
    this.#pending += `${text}\n`;
    // Somebody who looks on wants each line when it comes.
    if (this.#output.isTerminal || this.#pending.length > CHUNK_LENGTH) this.flush();
  }

  flush(): void {
    if (this.#pending !== "") this.#output.write(this.#pending);
    this.#pending = "";
  }
}
