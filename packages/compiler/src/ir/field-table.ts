// SPDX-License-Identifier: Apache-2.0
import type { FieldUse } from "../program/index.ts";

/** Hands out the slots of one program: conditions and outputs that name the same field share one. */
export class FieldTable {
  readonly #slots = new Map<string, number>();
  readonly #fields: FieldUse[] = [];

  /** Slot of a field, a new one when its text has none yet. */
  slot(field: FieldUse): number {
    const known = this.#slots.get(field.text);
    if (known !== undefined) return known;
    this.#slots.set(field.text, this.#fields.length);
    return this.#fields.push(field) - 1;
  }

  /** All fields so far, by slot. */
  get fields(): readonly FieldUse[] {
    return this.#fields;
  }
}
