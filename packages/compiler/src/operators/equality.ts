// SPDX-License-Identifier: Apache-2.0
import { type Code, code, joinCode } from "../emit/code.ts";
import type { Literal, Network } from "../ir/expr.ts";
import { inNetwork, type ScalarValue } from "../program/index.ts";
import type { Relation } from "./define.ts";

/** The same value; for networks, an address inside. */
export const equal: Relation = {
  kind: "relation",
  classes: ["numeric", "bool", "string", "buffer", "ip"],
  lists: false,
  fields: true,
  literal: "typed",
  cost: 2,
  likelihood: 0.05,
  evaluate: equals,
  emit: (value, right) => emitEquals(value, right),
  emitBetween: (value, right) => code`${value} === ${right}`,
};

/** Any other value, of another address family too. A missing value is not unequal. */
export const notEqual: Relation = {
  ...equal,
  likelihood: 0.9,
  evaluate: (value, right) => !equals(value, right),
  emit: (value, right) =>
    isNetwork(right) ? code`!(${emitInNetwork(value, right)})` : code`${value} !== ${right}`,
  emitBetween: (value, right) => code`${value} !== ${right}`,
};

export function equals(value: ScalarValue, right: Literal): boolean {
  if (!isNetwork(right)) return value === right;
  return typeof value === "string" && inNetwork(value, right.address, right.prefix);
}

export function emitEquals(value: Code, right: Literal): Code {
  return isNetwork(right) ? emitInNetwork(value, right) : code`${value} === ${right}`;
}

export function isNetwork(literal: Literal): literal is Network {
  return typeof literal === "object";
}

/** The whole bytes of the prefix as a text, what is left of it through a mask. */
function emitInNetwork(value: Code, { address, prefix }: Network): Code {
  const wholeBytes = prefix >> 3;
  const restBits = prefix & 7;
  const tests = [code`${value}.length === ${address.length}`];
  if (wholeBytes > 0) tests.push(code`${value}.startsWith(${address.slice(0, wholeBytes)})`);
  if (restBits > 0) {
    const mask = (0xff << (8 - restBits)) & 0xff;
    const expected = address.charCodeAt(wholeBytes) & mask;
    tests.push(code`(${value}.charCodeAt(${wholeBytes}) & ${mask}) === ${expected}`);
  }
  return joinCode(tests, code` && `);
}
