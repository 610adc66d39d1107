// SPDX-License-Identifier: Apache-2.0
import { type IntegerForm, VALUE_TYPE_FACTS } from "../check/value-types.ts";
import { canonicalInteger, type ScalarValue } from "../program/index.ts";
import { candidateAddresses, candidateDoubles, candidateTexts } from "./candidates.ts";
import type { Property, Requirement, Variable } from "./formula.ts";
import { excludes, finiteValues, implies, isUniversal } from "./property-relations.ts";

/** A value that meets all requirements; proof that there is none; or neither. */
export type Found =
  | { readonly kind: "value"; readonly value: ScalarValue }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

const NONE: Found = { kind: "none" };
const UNKNOWN: Found = { kind: "unknown" };

/** Looks for a single value of a variable. "none" is only said when it is certain. */
export function findValue(variable: Variable, requirements: readonly Requirement[]): Found {
  const fits = (value: ScalarValue): boolean =>
    requirements.every(({ property, wanted }) => property.holds(value) === wanted);
  const listed = listedValues(requirements);
  if (listed !== null) return firstOf(listed, fits) ?? NONE;
  const { class: valueClass, literal } = VALUE_TYPE_FACTS[variable.type];
  switch (valueClass) {
    case "bool":
      return firstOf([true, false], fits) ?? NONE;
    case "numeric":
      // Doubles have values between the integers that they are compared with.
      if (variable.type === "DOUBLE") return firstOf(candidateDoubles(requirements), fits) ?? UNKNOWN;
      return findNumber(formOf(literal), requirements, fits);
    case "string":
    case "buffer":
      return contradict(requirements)
        ? NONE
        : (firstOf(candidateTexts(variable, requirements), fits) ?? UNKNOWN);
    case "ip":
      return contradict(requirements) ? NONE : (firstOf(candidateAddresses(requirements), fits) ?? UNKNOWN);
    case "none":
      return requirements.length === 0 ? { kind: "value", value: "" } : UNKNOWN;
    default:
      return valueClass satisfies never;
  }
}

/** The shortest list of values of which one must be the value; null when no requirement gives one. */
function listedValues(requirements: readonly Requirement[]): readonly ScalarValue[] | null {
  let shortest: readonly ScalarValue[] | null = null;
  for (const { property, wanted } of requirements) {
    const values = wanted ? finiteValues(property) : null;
    if (values !== null && (shortest === null || values.length < shortest.length)) shortest = values;
  }
  return shortest;
}

function firstOf(values: Iterable<ScalarValue>, fits: (value: ScalarValue) => boolean): Found | null {
  for (const value of values) if (fits(value)) return { kind: "value", value };
  return null;
}

/** Whether two requirements, or one by itself, can be met by no value. */
function contradict(requirements: readonly Requirement[]): boolean {
  const wanted = requirements.filter((one) => one.wanted).map(({ property }) => property);
  const unwanted = requirements.filter((one) => !one.wanted).map(({ property }) => property);
  return (
    unwanted.some(isUniversal) ||
    wanted.some((one) => unwanted.some((other) => implies(one, other))) ||
    wanted.some((one, i) => wanted.slice(i + 1).some((other) => excludes(one, other)))
  );
}

const PORT: IntegerForm = { bits: 16, signed: false };

/** null for types that take no literals. */
function formOf(literal: (typeof VALUE_TYPE_FACTS)["PORT"]["literal"]): IntegerForm | null {
  return literal === "port" ? PORT : typeof literal === "object" ? literal : null;
}

/** Integers between the bounds that the requirements and the type set. */
function findNumber(
  form: IntegerForm | null,
  requirements: readonly Requirement[],
  fits: (value: ScalarValue) => boolean,
): Found {
  if (form === null) return UNKNOWN;
  const bits = BigInt(form.bits);
  let least = form.signed ? -(2n ** (bits - 1n)) : 0n;
  let greatest = form.signed ? 2n ** (bits - 1n) - 1n : 2n ** bits - 1n;
  const excluded = new Set<bigint>();
  let isExact = true;
  for (const { property, wanted } of requirements) {
    const bound = boundOf(property, wanted);
    if (bound === null) isExact = false;
    else if (bound.kind === "least" && bound.value > least) least = bound.value;
    else if (bound.kind === "greatest" && bound.value < greatest) greatest = bound.value;
    else if (bound.kind === "not") for (const value of bound.values) excluded.add(value);
  }
  if (least > greatest) return NONE;
  let value = least > 0n ? least : greatest < 0n ? greatest : 0n;
  const step = value === greatest && value !== least ? -1n : 1n;
  for (let tries = 0; tries <= excluded.size && value >= least && value <= greatest; tries++) {
    const one = canonicalInteger(value);
    if (!excluded.has(value) && fits(one)) return { kind: "value", value: one };
    value += step;
  }
  const all = greatest - least + 1n;
  return isExact && all <= BigInt(excluded.size) && isCovered(least, greatest, excluded) ? NONE : UNKNOWN;
}

function isCovered(least: bigint, greatest: bigint, excluded: ReadonlySet<bigint>): boolean {
  for (let value = least; value <= greatest; value++) if (!excluded.has(value)) return false;
  return true;
}

type Bound =
  | { readonly kind: "least" | "greatest"; readonly value: bigint }
  | { readonly kind: "not"; readonly values: readonly bigint[] };

/** What a requirement says about integers; null when it is none of these. */
function boundOf({ operator, modifier, values }: Property, wanted: boolean): Bound | null {
  if (modifier !== null || values.some((value) => typeof value !== "number" && typeof value !== "bigint")) {
    return null;
  }
  const numbers = values.map((value) => BigInt(value as number | bigint));
  const [number = 0n] = numbers;
  switch (operator) {
    case "any":
      return { kind: "not", values: [] };
    case "in":
      return wanted ? null : { kind: "not", values: numbers };
    case "<":
      return wanted ? { kind: "greatest", value: number - 1n } : { kind: "least", value: number };
    case "<=":
      return wanted ? { kind: "greatest", value: number } : { kind: "least", value: number + 1n };
    case ">":
      return wanted ? { kind: "least", value: number + 1n } : { kind: "greatest", value: number };
    case ">=":
      return wanted ? { kind: "least", value: number } : { kind: "greatest", value: number - 1n };
    default:
      return null;
  }
}
