// SPDX-License-Identifier: Apache-2.0
import { decodeText } from "@falcoc/parser";
import type { Model } from "../analyse/solve.ts";
import { classOf } from "../check/value-types.ts";
import { type Operand, operandType } from "../ir/expr.ts";
import type { FieldValue, Program, ScalarValue } from "../program/index.ts";

/** Values of fields, as flat events give them; null where the event has none. */
export type FlatRecord = Readonly<Record<string, FlatValue>>;
export type FlatValue = FlatScalar | readonly FlatScalar[] | null;
type FlatScalar = string | number | bigint | boolean;

/**
 * Runs compiled rules on one event of a source and gives the names of all that match; null when there can be no such
 * event. The linter cannot run rules by itself: whoever calls it brings the runtime.
 */
export type RunEvent = (program: Program, event: FlatRecord, source: string) => readonly string[] | null;

/** The event that a model describes. Values of transformed fields go to fields that give them, where there are such. */
export function witnessOf(model: Model): FlatRecord {
  const own = [...model].filter(([{ operand }]) => operand.kind === "field");
  const transformed = [...model].filter(([{ operand }]) => operand.kind === "transform");
  const fields = new Map<string, FlatValue>();
  for (const [{ operand }, value] of [...own, ...transformed]) {
    const given = givenField(operand, value);
    if (given !== null && !fields.has(given.text)) fields.set(given.text, given.value);
  }
  const typeFirst = [...fields].sort(([a], [b]) => Number(b === "evt.type") - Number(a === "evt.type"));
  return Object.fromEntries(typeFirst);
}

/** A record on one line, as `--events` takes it. */
export function recordText(record: FlatRecord): string {
  const entries = Object.entries(record).map(([key, value]) => `${JSON.stringify(key)}: ${valueText(value)}`);
  return `{${entries.join(", ")}}`;
}

function valueText(value: FlatValue): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

interface GivenField {
  readonly text: string;
  readonly value: FlatValue;
}

/** The field to give so that an operand has a value; null when none is known to do that. */
function givenField(operand: Operand, value: FieldValue | null): GivenField | null {
  if (operand.kind === "field") return { text: operand.field.text, value: flatValue(operand, value) };
  if (operand.kind !== "transform" || value === null) return null;
  const [argument] = operand.args;
  if (argument === undefined) return null;
  switch (operand.call.name) {
    case "tolower":
    case "toupper":
    case "basename":
      return givenField(argument, value);
    case "len":
      return givenField(argument, "a".repeat(Math.min(Number(value), LENGTH_MAX)));
    default:
      return null;
  }
}

/** Longest text that is made up to have a length. */
const LENGTH_MAX = 255;

function flatValue(operand: Operand, value: FieldValue | null): FlatValue {
  if (value === null) return null;
  const flat = (one: ScalarValue): FlatScalar => {
    if (typeof one !== "string") return one;
    return classOf(operandType(operand)) === "ip" ? addressText(one) : decodeText(one);
  };
  return typeof value === "object" ? value.map(flat) : flat(value);
}

function addressText(bytes: string): string {
  const numbers = Array.from(bytes, (byte) => byte.charCodeAt(0));
  if (numbers.length === 4) return numbers.join(".");
  const groups = Array.from(
    { length: 8 },
    (_, i) => ((numbers[2 * i] ?? 0) << 8) | (numbers[2 * i + 1] ?? 0),
  );
  return groups.map((group) => group.toString(16)).join(":");
}
