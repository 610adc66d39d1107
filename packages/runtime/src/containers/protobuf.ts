// SPDX-License-Identifier: Apache-2.0

/*
 * As much of Protocol Buffers as the interface of Kubernetes' container runtimes needs: numbers, and what has a length
 * (texts, messages). Fields of other kinds are passed over.
 */

const VARINT = 0;
const FIXED_64 = 1;
const WITH_LENGTH = 2;
const FIXED_32 = 5;

/** Values of a message by field number, in their order; the last of several counts, unless the field is a list. */
export type Message = ReadonlyMap<number, readonly (number | Buffer)[]>;

/** Writes texts and flags by field number; what is empty or false is left out, as the format wants it. */
export function encodeMessage(fields: Readonly<Record<number, string | boolean>>): Buffer {
  const parts: Buffer[] = [];
  for (const [number, value] of Object.entries(fields)) {
    if (value === "" || value === false) continue;
    if (value === true) parts.push(varint((Number(number) << 3) | VARINT), varint(1));
    else {
      const text = Buffer.from(value as string);
      parts.push(varint((Number(number) << 3) | WITH_LENGTH), varint(text.length), text);
    }
  }
  return Buffer.concat(parts);
}

/** Reads a message; numbers beyond 2^53 lose digits. Throws an error when the bytes are none. */
export function decodeMessage(bytes: Buffer): Message {
  const message = new Map<number, (number | Buffer)[]>();
  let at = 0;
  const take = (count: number): Buffer => {
    if (at + count > bytes.length) throw new Error("a message ends too early");
    at += count;
    return bytes.subarray(at - count, at);
  };
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const [byte = 0] = take(1);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error("a number is too long");
  };
  while (at < bytes.length) {
    const key = number();
    const field = Math.floor(key / 8);
    const kind = key % 8;
    let value: number | Buffer | null = null;
    if (kind === VARINT) value = number();
    else if (kind === WITH_LENGTH) value = take(number());
    else if (kind === FIXED_64) take(8);
    else if (kind === FIXED_32) take(4);
    else throw new Error(`a field of the unknown kind ${kind}`);
    if (value === null) continue;
    const values = message.get(field);
    if (values === undefined) message.set(field, [value]);
    else values.push(value);
  }
  return message;
}

/** A text; empty: the message has none. */
export function textIn(message: Message, field: number): string {
  const value = message.get(field)?.at(-1);
  return Buffer.isBuffer(value) ? value.toString("utf8") : "";
}

/** A number or an enumeration's; 0: the message has none. */
export function numberIn(message: Message, field: number): number {
  const value = message.get(field)?.at(-1);
  return typeof value === "number" ? value : 0;
}

/** A message in the message; an empty one when there is none. */
export function messageIn(message: Message, field: number): Message {
  const value = message.get(field)?.at(-1);
  return Buffer.isBuffer(value) ? decodeMessage(value) : new Map();
}

/** All messages of a list. */
export function messagesIn(message: Message, field: number): Message[] {
  return (message.get(field) ?? []).flatMap((value) =>
    Buffer.isBuffer(value) ? [decodeMessage(value)] : [],
  );
}

/** A map from texts to texts: a list of pairs. */
export function textsIn(message: Message, field: number): Record<string, string> {
  return Object.fromEntries(messagesIn(message, field).map((pair) => [textIn(pair, 1), textIn(pair, 2)]));
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
