// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  decodeMessage,
  encodeMessage,
  messageIn,
  messagesIn,
  numberIn,
  textIn,
  textsIn,
} from "./protobuf.ts";

const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

it("writes texts and flags as the format has them", () => {
  expect(encodeMessage({ 1: "testing", 2: true, 3: "", 4: false, 16: "x" })).toEqual(
    bytes("0a 07 74657374696e67 10 01 8201 01 78"),
  );
});

it.each([
  ["a number", "08 96 01", (m: ReturnType<typeof decodeMessage>) => numberIn(m, 1), 150],
  ["the last of several", "08 01 08 02", (m: ReturnType<typeof decodeMessage>) => numberIn(m, 1), 2],
  ["a missing number", "", (m: ReturnType<typeof decodeMessage>) => numberIn(m, 1), 0],
  ["a text", "12 07 74657374696e67", (m: ReturnType<typeof decodeMessage>) => textIn(m, 2), "testing"],
  ["a missing text", "", (m: ReturnType<typeof decodeMessage>) => textIn(m, 2), ""],
  [
    "fields behind fixed ones",
    "09 0000000000000000 15 00000000 18 05",
    (m: ReturnType<typeof decodeMessage>) => numberIn(m, 3),
    5,
  ],
  [
    "a message inside",
    "1a 03 08 96 01",
    (m: ReturnType<typeof decodeMessage>) => numberIn(messageIn(m, 3), 1),
    150,
  ],
  [
    "a list of messages",
    "1a 02 08 01 1a 02 08 02",
    (m: ReturnType<typeof decodeMessage>) => messagesIn(m, 3).length,
    2,
  ],
  ["a map", "0a 06 0a 01 61 12 01 62", (m: ReturnType<typeof decodeMessage>) => textsIn(m, 1).a, "b"],
])("reads %s", (_, hex, read, expected) => {
  expect(read(decodeMessage(bytes(hex)))).toBe(expected);
});

it.each([
  ["a text that is cut off", "0a 05 61"],
  ["a number that is cut off", "08 96"],
  ["a number without end", "08 ffffffffffffffffffffff"],
  ["an unknown kind of field", "0b"],
])("refuses %s", (_, hex) => {
  expect(() => decodeMessage(bytes(hex))).toThrow(/ends too early|too long|unknown kind/);
});

it("reads what it has written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 5000 }), (text, field) => {
      expect(textIn(decodeMessage(encodeMessage({ [field]: text })), field)).toBe(text);
    }),
  );
});

it("gives a message or an error for any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (any) => {
      try {
        decodeMessage(Buffer.from(any));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).message).toMatch(/ends too early|too long|unknown kind/);
      }
    }),
  );
});
