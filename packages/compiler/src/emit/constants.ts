// SPDX-License-Identifier: Apache-2.0
import { type Code, code, nameCode } from "./code.ts";

/** Values that are made once for each evaluator. Equal ones are made once. */
export class Constants {
  readonly #names = new Map<string, Code>();
  readonly #declarations: Code[] = [];

  /** Name of the constant with this value. */
  define(value: Code): Code {
    const key = value.toString();
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = nameCode("k", this.#names.size);
    this.#names.set(key, name);
    this.#declarations.push(code`const ${name} = ${value};`);
    return name;
  }

  get declarations(): readonly Code[] {
    return this.#declarations;
  }
}
