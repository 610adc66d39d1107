// SPDX-License-Identifier: Apache-2.0
import type { ValueType } from "../catalog/types.ts";
import type { ValueClass } from "../operators/index.ts";

/** Widths of integer literals: the text is read as 64 bits, then cut to these. */
export interface IntegerForm {
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

interface TypeFacts {
  readonly class: ValueClass;
  /** How literals are written: an integer form, or one of the other readers; null when none are accepted. */
  readonly literal: IntegerForm | "port" | "bool" | "text" | "bytes" | "address" | "network" | null;
}

const S8 = { bits: 8, signed: true } as const;
const S16 = { bits: 16, signed: true } as const;
const S32 = { bits: 32, signed: true } as const;
const S64 = { bits: 64, signed: true } as const;
const U8 = { bits: 8, signed: false } as const;
const U16 = { bits: 16, signed: false } as const;
const U32 = { bits: 32, signed: false } as const;
const U64 = { bits: 64, signed: false } as const;

/** Everything the checker knows about a type. */
export const VALUE_TYPE_FACTS: Readonly<Record<ValueType, TypeFacts>> = {
  INT8: { class: "numeric", literal: S8 },
  INT16: { class: "numeric", literal: S16 },
  INT32: { class: "numeric", literal: S32 },
  INT64: { class: "numeric", literal: S64 },
  UINT8: { class: "numeric", literal: U8 },
  UINT16: { class: "numeric", literal: U16 },
  UINT32: { class: "numeric", literal: U32 },
  UINT64: { class: "numeric", literal: U64 },
  CHARBUF: { class: "string", literal: "text" },
  BYTEBUF: { class: "buffer", literal: "bytes" },
  ERRNO: { class: "numeric", literal: S64 },
  SOCKADDR: { class: "none", literal: null },
  SOCKTUPLE: { class: "none", literal: null },
  FD: { class: "numeric", literal: S64 },
  PID: { class: "numeric", literal: S64 },
  FDLIST: { class: "none", literal: null },
  FSPATH: { class: "string", literal: "text" },
  SYSCALLID: { class: "numeric", literal: null },
  SIGTYPE: { class: "numeric", literal: null },
  RELTIME: { class: "numeric", literal: U64 },
  ABSTIME: { class: "numeric", literal: U64 },
  PORT: { class: "numeric", literal: "port" },
  L4PROTO: { class: "none", literal: null },
  SOCKFAMILY: { class: "none", literal: null },
  BOOL: { class: "bool", literal: "bool" },
  IPV4ADDR: { class: "ip", literal: "address" },
  DYN: { class: "none", literal: null },
  FLAGS8: { class: "numeric", literal: U8 },
  FLAGS16: { class: "numeric", literal: U16 },
  FLAGS32: { class: "numeric", literal: U32 },
  UID: { class: "none", literal: null },
  GID: { class: "none", literal: null },
  DOUBLE: { class: "numeric", literal: S32 },
  SIGSET: { class: "none", literal: null },
  CHARBUFARRAY: { class: "none", literal: null },
  CHARBUF_PAIR_ARRAY: { class: "none", literal: null },
  IPV4NET: { class: "ip", literal: "network" },
  IPV6ADDR: { class: "ip", literal: "address" },
  IPV6NET: { class: "ip", literal: "network" },
  IPADDR: { class: "ip", literal: "address" },
  IPNET: { class: "ip", literal: "network" },
  FD32: { class: "none", literal: null },
  PID32: { class: "none", literal: null },
  MODE: { class: "numeric", literal: U32 },
  FSRELPATH: { class: "string", literal: "text" },
  ENUMFLAGS8: { class: "numeric", literal: U8 },
  ENUMFLAGS16: { class: "numeric", literal: U16 },
  ENUMFLAGS32: { class: "numeric", literal: U32 },
};

/** Numbers that the engine shows for types which operators accept, but of which it reads no literals. */
export const UNREADABLE_TYPE_CODES: Readonly<Partial<Record<ValueType, number>>> = {
  BYTEBUF: 10,
  SYSCALLID: 18,
  SIGTYPE: 19,
};

/** Types whose lists can be compared. */
export const LIST_ELEMENT_TYPES: ReadonlySet<ValueType> = new Set<ValueType>([
  "CHARBUF",
  "UINT64",
  "RELTIME",
  "ABSTIME",
  "BOOL",
  "IPADDR",
  "IPNET",
]);

export function classOf(type: ValueType): ValueClass {
  return VALUE_TYPE_FACTS[type].class;
}

export function isNetworkType(type: ValueType): boolean {
  return VALUE_TYPE_FACTS[type].literal === "network";
}
