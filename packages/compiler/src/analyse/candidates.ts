// SPDX-License-Identifier: Apache-2.0
import { EVENTS } from "../catalog/events/index.ts";
import type { Literal } from "../ir/expr.ts";
import type { ByteString } from "../program/index.ts";
import { isEventType, type Property, type Requirement, type Variable } from "./formula.ts";

/** Texts that may meet the requirements: put together from what they ask for, the plainest first. */
export function* candidateTexts(
  variable: Variable,
  requirements: readonly Requirement[],
): Generator<ByteString> {
  if (isEventType(variable)) {
    yield PLAIN_EVENT_TYPE;
    for (const { name, old, unused } of EVENTS) if (!old && !unused) yield name;
    return;
  }
  const parts = wantedParts(requirements);
  const bases = [...parts.whole, join(parts.starts, parts.middles, parts.ends)];
  const fills = parts.isPath
    ? PATH_FILLS
    : bases.every((base) => base === "")
      ? [...FILLS, ""]
      : ["", ...FILLS];
  for (const base of bases) {
    for (const fill of fills) {
      yield `${base}${fill}`;
      yield join(parts.starts, [...parts.middles, fill], parts.ends);
      if (parts.isPath) yield `${base}${fill}`.toUpperCase();
    }
  }
}

const PLAIN_EVENT_TYPE = "openat";

/** What is put behind and into texts to get other ones. */
const FILLS = ["a", "b", "zz9", "A/1"];
const PATH_FILLS = ["", "/a", "/b/c", "/zz9"];

/** Numbers at, and half-way beside, those that the requirements name. */
export function* candidateDoubles(requirements: readonly Requirement[]): Generator<number> {
  yield 0;
  for (const { property } of requirements) {
    for (const value of property.values.map(Number)) yield* [value, value + 0.5, value - 0.5];
  }
}

/** Addresses that may meet the requirements. */
export function* candidateAddresses(requirements: readonly Requirement[]): Generator<ByteString> {
  for (const { property, wanted } of requirements) {
    if (!wanted) continue;
    for (const value of property.values) yield* addressesOf(value);
  }
  yield* OTHER_ADDRESSES;
}

/** Addresses of documentation, of a private network, of the whole internet, and one of version 6. */
const OTHER_ADDRESSES: readonly ByteString[] = [
  "\xc0\x00\x02\x01",
  "\x0a\x00\x00\x01",
  "\x08\x08\x08\x08",
].concat(`\x20\x01\x0d\xb8${"\0".repeat(11)}\x01`);

/** An address itself; of a network, some that lie near its start and some that lie apart. */
function* addressesOf(value: Literal): Generator<ByteString> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object") return;
  const { address, prefix } = value;
  const last = address.length - 1;
  for (const byte of ["\x01", "\x02"]) if (prefix <= last * 8) yield address.slice(0, last) + byte;
  for (let i = Math.ceil(prefix / 8); i <= last; i++) {
    for (const byte of ["\x4d", "\x97"]) yield address.slice(0, i) + byte + address.slice(i + 1);
  }
  yield address;
}

/** What the wanted properties ask for, by where it must stand. */
interface WantedParts {
  readonly starts: readonly ByteString[];
  readonly middles: readonly ByteString[];
  readonly ends: readonly ByteString[];
  /** Texts to try as they are. */
  readonly whole: readonly ByteString[];
  readonly isPath: boolean;
}

function wantedParts(requirements: readonly Requirement[]): WantedParts {
  const wanted = requirements.filter((one) => one.wanted).map(({ property }) => property);
  const of = (...operators: readonly Property["operator"][]): ByteString[] =>
    wanted.filter(({ operator }) => operators.includes(operator)).flatMap(({ values }) => values.map(String));
  const paths = of("pmatch");
  return {
    starts: of("startswith", "bstartswith"),
    middles: of("contains", "icontains", "bcontains"),
    ends: of("endswith"),
    whole: [
      ...paths.map((path) => plainPattern(`/${path.replace(/^\/+/, "")}`)),
      ...of("glob", "iglob").map(plainPattern),
      ...of("regex").map(plainRegex),
      ...of("<=", ">=", ">").map((text) => text),
    ],
    isPath: paths.length > 0,
  };
}

/** A text that the pattern most likely matches. */
function plainPattern(pattern: string): string {
  return pattern
    .replace(/\[[!^]?\[?:?(.).*?\]/g, "$1")
    .replace(/\*/g, "")
    .replace(/\?/g, "a")
    .replace(/\\(.)/g, "$1");
}

function plainRegex(pattern: string): string {
  return pattern
    .replace(/^\^|\$$/g, "")
    .replace(/\.[*+?]/g, "a")
    .replace(/\[([^\]])[^\]]*\]/g, "$1")
    .replace(/\(([^()|]*)[^()]*\)/g, "$1")
    .replace(/[*+?]|\{[0-9,]*\}/g, "")
    .replace(/\\(.)/g, "$1");
}

/** The longest of the starts, what is in neither end yet, the longest of the ends. */
function join(
  starts: readonly ByteString[],
  middles: readonly ByteString[],
  ends: readonly ByteString[],
): ByteString {
  const end = longest(ends);
  let text = longest(starts);
  for (const middle of middles) if (!`${text}${end}`.includes(middle)) text += middle;
  return text.endsWith(end) ? text : text + end;
}

function longest(texts: readonly ByteString[]): ByteString {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), "");
}
