// SPDX-License-Identifier: Apache-2.0

/**
 * A value as the engine puts it into JSON: integers of every width are bigints, and numbers are floating point, so
 * that each is written as what it is. Texts are decoded: what is not UTF-8 became U+FFFD.
 */
export type OutputFieldValue = null | boolean | bigint | number | string | readonly OutputFieldValue[];

/** Values by the text of their fields. Objects of this type inherit nothing, so any key is safe to look up. */
export type OutputFields = Readonly<Record<string, OutputFieldValue>>;

/** An empty set of fields, to be filled. */
export function noOutputFields(): Record<string, OutputFieldValue> {
  return new NoFields();
}

/** V8 takes objects without any prototype for dictionaries, which take twice as long to fill and to read. */
class NoFields {
  [key: string]: OutputFieldValue;
}
Object.setPrototypeOf(NoFields.prototype, null);
Reflect.deleteProperty(NoFields.prototype, "constructor");
Object.freeze(NoFields.prototype);
