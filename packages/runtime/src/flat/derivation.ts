// SPDX-License-Identifier: Apache-2.0
import type { EventDefinition } from "@falcoc/compiler/catalog";
import type { ByteString, FieldValue } from "@falcoc/compiler/program";

/** How the value of one field follows from the values of others, where a flat event does not give it. */
export interface Derivation {
  /** Name of the field, without an argument. */
  readonly field: string;
  /** What it follows from, for the reader: fields, and parts of their texts. */
  readonly from: readonly string[];
  /** What it becomes, in one sentence. */
  readonly description: string;
  /** The value; null when it does not follow. `argument` is that of the field; null without. */
  readonly derive: (known: Known, argument: string | null) => FieldValue | null;
}

/** What a flat event knows, given or derived. */
export interface Known {
  /** Value of a field by its text, argument included. */
  get(text: string): FieldValue | null;
  /** The same when it is a text. */
  text(text: string): ByteString | null;
  /** The same when it is a safe integer. */
  integer(text: string): number | null;
  /** The same when it is a boolean. */
  flag(text: string): boolean | null;
  /** Entry of the event table that `evt.type` and `evt.dir` name; null when there is none. */
  readonly event: EventDefinition | null;
}

/** A value that is the same as that of another field. */
export function sameAs(field: string, other: string, description: string): Derivation {
  return { field, from: [other], description, derive: (known) => known.get(other) };
}
