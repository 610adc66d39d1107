// SPDX-License-Identifier: Apache-2.0
import type { Literal, Network } from "../ir/expr.ts";
import { asciiLower } from "../program/ascii.ts";
import { inNetwork, type ScalarValue } from "../program/index.ts";
import type { Property } from "./formula.ts";

/** Whether every value that has the first property certainly has the second, too. */
export function implies(first: Property, second: Property): boolean {
  if (first.key === second.key || isUniversal(second)) return true;
  const values = finiteValues(first);
  if (values !== null) return values.every((value) => second.holds(value));
  if (first.modifier !== null || second.modifier !== null) return false;
  const test = INCLUSIONS[first.operator]?.[second.operator];
  if (test === undefined) return false;
  return first.values.every((one) => second.values.some((other) => test(one, other)));
}

/** Whether no value at all can have both properties. */
export function excludes(first: Property, second: Property): boolean {
  const values = finiteValues(first) ?? finiteValues(second);
  if (values !== null) return !values.some((value) => first.holds(value) && second.holds(value));
  if (first.operator !== second.operator || first.modifier !== null || second.modifier !== null) return false;
  const apart = EXCLUSIONS[first.operator];
  return (
    apart !== undefined && first.values.every((one) => second.values.every((other) => apart(one, other)))
  );
}

/** The only values that can have the property; null when they cannot be listed. */
export function finiteValues({ operator, modifier, values }: Property): readonly ScalarValue[] | null {
  if (operator !== "in" || modifier !== null) return null;
  const scalars = values.filter((value) => typeof value !== "object");
  return scalars.length === values.length ? scalars : null;
}

/** Whether every value there is has the property. */
export function isUniversal({ operator, modifier, values }: Property): boolean {
  if (operator === "any") return true;
  if (modifier !== null) return false;
  switch (operator) {
    case "contains":
    case "icontains":
    case "startswith":
    case "endswith":
      return values.includes("");
    case "glob":
    case "iglob":
      return values.some((value) => /^\*+$/.test(String(value)));
    case "pmatch":
      return values.some((value) => /^\/*$/.test(String(value)));
    default:
      return false;
  }
}

/** What a literal of one property says about one of another. */
type Test = (one: Literal, other: Literal) => boolean;

const startsWith: Test = (one, other) => text(one).startsWith(text(other));
const endsWith: Test = (one, other) => text(one).endsWith(text(other));
const contains: Test = (one, other) => text(one).includes(text(other));
const containsFolded: Test = (one, other) => asciiLower(text(one)).includes(asciiLower(text(other)));

/** For pairs of operators: whether a value that satisfies the first with `one` satisfies the second with `other`. */
const INCLUSIONS: Readonly<Record<string, Readonly<Record<string, Test>>>> = {
  startswith: { startswith: startsWith, contains, icontains: containsFolded },
  endswith: { endswith: endsWith, contains, icontains: containsFolded },
  contains: { contains, icontains: containsFolded },
  icontains: { icontains: containsFolded },
  pmatch: { pmatch: (one, other) => isBelow(text(one), text(other)) },
  in: { in: (one, other) => isWithin(one, other) },
};

const EXCLUSIONS: Readonly<Record<string, Test>> = {
  startswith: (one, other) => !startsWith(one, other) && !startsWith(other, one),
  endswith: (one, other) => !endsWith(one, other) && !endsWith(other, one),
  in: (one, other) => !isWithin(one, other) && !isWithin(other, one),
};

/** Whether the path is the other one or lies below it; never said of paths with wildcards. */
function isBelow(path: string, other: string): boolean {
  if (/[?*[]/.test(path + other)) return false;
  const [parts, others] = [partsOf(path), partsOf(other)];
  return others.every((part, i) => parts[i] === part);
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}

/** Whether every address that the one stands for is among those of the other. */
function isWithin(one: Literal, other: Literal): boolean {
  if (!isNetwork(other)) return one === other;
  if (isNetwork(one)) return one.prefix >= other.prefix && contained(one.address, other);
  return typeof one === "string" && contained(one, other);
}

function contained(address: string, { address: base, prefix }: Network): boolean {
  return inNetwork(address, base, prefix);
}

function isNetwork(literal: Literal): literal is Network {
  return typeof literal === "object";
}

function text(literal: Literal): string {
  return String(literal);
}
