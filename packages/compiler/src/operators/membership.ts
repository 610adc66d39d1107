// SPDX-License-Identifier: Apache-2.0
import { type Code, code, joinCode } from "../emit/code.ts";
import type { Constants } from "../emit/constants.ts";
import type { Literal, Network } from "../ir/expr.ts";
import type { ScalarValue } from "../program/index.ts";
import type { Membership } from "./define.ts";
import { emitEquals, equals, isNetwork } from "./equality.ts";

/** A value among the listed ones, or an address in one of the listed networks; for list fields, every element. */
export const isIn: Membership = {
  kind: "membership",
  classes: ["numeric", "bool", "string", "buffer", "ip"],
  lists: true,
  fields: true,
  literal: "typed",
  cost: 6,
  likelihood: 0.1,
  evaluate: (value, right) => right.some((one) => equals(value, one)),
  emit: emitMembership,
  emitBetween: (value, right) => code`rt.isAmong(${value}, ${right})`,
};

/** For list fields, one element at least; else the same as `in`. */
export const intersects: Membership = { ...isIn };

/** Most comparisons in a row before a table pays. */
const CHAIN_MAX = 3;
/** Most networks that are compared one after the other. */
const NETWORKS_MAX = 8;
/** Most texts told apart by their lengths before hashing them pays. */
const LENGTH_SWITCH_MAX = 64;

function emitMembership(value: Code, right: readonly Literal[], constants: Constants): Code {
  if (right.some(isNetwork)) return emitNetworks(value, right.filter(isNetwork), constants);
  const scalars = [...new Set(right as readonly ScalarValue[])];
  if (scalars.length === 0) return code`false`;
  if (scalars.length <= CHAIN_MAX) return emitChain(value, scalars);
  if (scalars.length > LENGTH_SWITCH_MAX || !scalars.every((one) => typeof one === "string")) {
    return code`${constants.define(code`new Set([${joinCode(scalars, code`, `)}])`)}.has(${value})`;
  }
  return code`${constants.define(emitLengthSwitch(scalars))}(${value})`;
}

function emitNetworks(value: Code, networks: readonly Network[], constants: Constants): Code {
  if (networks.length <= NETWORKS_MAX) {
    return joinCode(
      networks.map((one) => code`(${emitEquals(value, one)})`),
      code` || `,
    );
  }
  const pairs = networks.map(({ address, prefix }) => code`[${address}, ${prefix}]`);
  return code`${constants.define(code`rt.networkTest([${joinCode(pairs, code`, `)}])`)}(${value})`;
}

function emitChain(value: Code, scalars: readonly ScalarValue[]): Code {
  return joinCode(
    scalars.map((one) => code`${value} === ${one}`),
    code` || `,
  );
}

/** Looks at the length first: texts of events are new each time, so hashing one costs more than comparing two. */
function emitLengthSwitch(texts: readonly string[]): Code {
  const lengths = [...new Set(texts.map((text) => text.length))];
  const cases = lengths.map((length) => {
    const group = texts.filter((text) => text.length === length);
    return code`case ${length}: return ${emitChain(code`v`, group)};`;
  });
  return code`(v) => { switch (v.length) { ${joinCode(cases, code` `)} } return false; }`;
}
