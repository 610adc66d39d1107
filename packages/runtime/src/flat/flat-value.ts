// SPDX-License-Identifier: Apache-2.0
import type { ComparisonMode, ResolvedField, ValueType } from "@falcoc/compiler/catalog";
import {
  canonicalInteger,
  encodeText,
  type FieldValue,
  parseAddress,
  type ScalarValue,
} from "@falcoc/compiler/program";
import type { JsonValue } from "../json/json-node.ts";

export type FlatValue =
  | { readonly ok: true; readonly value: FieldValue | null }
  | { readonly ok: false /** What the field takes: "an integer". */; readonly takes: string };

/** The value of a field as a flat event gives it. An explicit null says that there is none. */
export function flatValue(field: ResolvedField, json: JsonValue): FlatValue {
  if (json === null) return { ok: true, value: null };
  const form = FORMS[field.type] ?? TEXT;
  if (!isList(json)) {
    const value = form.read(json);
    if (value === null || field.isList) return refused(field, form);
    return { ok: true, value: takesCandidates(field.definition.comparison, field) ? [value] : value };
  }
  if (!field.isList && !takesCandidates(field.definition.comparison, field)) return refused(field, form);
  const values = json.map((item) => form.read(item));
  if (values.includes(null)) return refused(field, form);
  return { ok: true, value: values as ScalarValue[] };
}

/** How values of a type are written in JSON. */
interface Form {
  /** With its article. */
  readonly one: string;
  readonly many: string;
  readonly read: (json: JsonValue) => ScalarValue | null;
}

const TEXT: Form = {
  one: "a text",
  many: "texts",
  read: (json) => (typeof json === "string" ? encodeText(json).replace(/\0.*$/s, "") : null),
};
const BYTES: Form = { ...TEXT, read: (json) => (typeof json === "string" ? encodeText(json) : null) };
const BOOLEAN: Form = {
  one: "true or false",
  many: "true or false",
  read: (json) => (typeof json === "boolean" ? json : null),
};
const NUMBER: Form = {
  one: "a number",
  many: "numbers",
  read: (json) => (typeof json === "number" ? json : typeof json === "bigint" ? Number(json) : null),
};
const ADDRESS: Form = {
  one: 'the text of an address, such as "10.0.0.1" or "::1"',
  many: "texts of addresses",
  read: (json) => (typeof json === "string" ? parseAddress(json) : null),
};

const FORMS: Readonly<Partial<Record<ValueType, Form>>> = {
  INT8: integer(8, true),
  INT16: integer(16, true),
  INT32: integer(32, true),
  INT64: integer(64, true),
  UINT8: integer(8, false),
  UINT16: integer(16, false),
  UINT32: integer(32, false),
  UINT64: integer(64, false),
  ERRNO: integer(64, true),
  FD: integer(64, true),
  PID: integer(64, true),
  FD32: integer(32, true),
  PID32: integer(32, true),
  UID: integer(32, false),
  GID: integer(32, false),
  SYSCALLID: integer(16, false),
  SIGTYPE: integer(8, false),
  SIGSET: integer(32, false),
  MODE: integer(32, false),
  L4PROTO: integer(8, false),
  SOCKFAMILY: integer(8, false),
  FLAGS8: integer(8, false),
  FLAGS16: integer(16, false),
  FLAGS32: integer(32, false),
  ENUMFLAGS8: integer(8, false),
  ENUMFLAGS16: integer(16, false),
  ENUMFLAGS32: integer(32, false),
  RELTIME: integer(64, false),
  ABSTIME: integer(64, false),
  PORT: integer(16, false),
  DOUBLE: NUMBER,
  BOOL: BOOLEAN,
  BYTEBUF: BYTES,
  IPV4ADDR: ADDRESS,
  IPV6ADDR: ADDRESS,
  IPADDR: ADDRESS,
  IPV4NET: ADDRESS,
  IPV6NET: ADDRESS,
  IPNET: ADDRESS,
};

function integer(bits: number, signed: boolean): Form {
  const least = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const greatest = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  return {
    one: `an integer from ${least} to ${greatest}`,
    many: `integers from ${least} to ${greatest}`,
    read: (json) => {
      if (typeof json !== "bigint" && !Number.isSafeInteger(json)) return null;
      const value = BigInt(json as number | bigint);
      return value >= least && value <= greatest ? canonicalInteger(value) : null;
    },
  };
}

/** Fields that stand for several values, such as both ends of a connection, take one or many. */
function takesCandidates(mode: ComparisonMode, { argument }: ResolvedField): boolean {
  return (mode === "endpoints" || mode === "ancestors") && (argument === null || argument === "-1");
}

function refused(field: ResolvedField, form: Form): FlatValue {
  if (field.isList) return { ok: false, takes: `an array of ${form.many}` };
  const several = takesCandidates(field.definition.comparison, field);
  return { ok: false, takes: several ? `${form.one}, or an array of ${form.many}` : form.one };
}

function isList(json: JsonValue): json is readonly JsonValue[] {
  return Array.isArray(json);
}
