// SPDX-License-Identifier: Apache-2.0
import type { PrintFormat, ValueType } from "@falcoc/compiler/catalog";
import { type ByteString, decodeText, printInteger, type ScalarValue } from "@falcoc/compiler/program";
import { addressText } from "./address-text.ts";
import { type BufferFormat, bufferText } from "./buffer-text.ts";
import { doubleText } from "./double-text.ts";
import type { OutputFieldValue } from "./output-field.ts";

/** Type of a value and how it is to be written. */
export interface ValueForm {
  readonly type: ValueType;
  readonly print: PrintFormat;
}

/** Families of types that are written alike. */
type Family =
  | "narrow"
  | "signed64"
  | "unsigned64"
  | "boolean"
  | "double"
  | "text"
  | "buffer"
  | "address"
  | "network"
  | "none";

const FAMILIES: Readonly<Record<ValueType, Family>> = {
  INT8: "narrow",
  INT16: "narrow",
  INT32: "narrow",
  INT64: "signed64",
  UINT8: "narrow",
  UINT16: "narrow",
  UINT32: "narrow",
  UINT64: "unsigned64",
  ERRNO: "signed64",
  FD: "signed64",
  PID: "signed64",
  UID: "narrow",
  GID: "narrow",
  SYSCALLID: "none",
  SIGTYPE: "none",
  SIGSET: "none",
  MODE: "none",
  L4PROTO: "narrow",
  SOCKFAMILY: "none",
  FLAGS8: "narrow",
  FLAGS16: "narrow",
  FLAGS32: "narrow",
  ENUMFLAGS8: "narrow",
  ENUMFLAGS16: "narrow",
  ENUMFLAGS32: "narrow",
  RELTIME: "unsigned64",
  ABSTIME: "unsigned64",
  PORT: "narrow",
  DOUBLE: "double",
  BOOL: "boolean",
  CHARBUF: "text",
  FSPATH: "text",
  FSRELPATH: "text",
  BYTEBUF: "buffer",
  CHARBUFARRAY: "none",
  CHARBUF_PAIR_ARRAY: "none",
  IPV4ADDR: "address",
  IPV6ADDR: "address",
  IPADDR: "address",
  IPV4NET: "network",
  IPV6NET: "network",
  IPNET: "network",
  SOCKADDR: "none",
  SOCKTUPLE: "none",
  FDLIST: "none",
  DYN: "none",
  FD32: "none",
  PID32: "none",
};

/** Whether the engine can write values of a type at all. Where it cannot, it fails; here such values are missing. */
export function isPrintable(type: ValueType, mode: "text" | "json"): boolean {
  return FAMILIES[type] !== "none" && !(mode === "json" && type === "ERRNO");
}

/** A value as output texts show it; null where it counts as missing. */
export function scalarText(value: ScalarValue, form: ValueForm, buffers: BufferFormat): ByteString | null {
  const family: Family = FAMILIES[form.type];
  switch (family) {
    case "narrow":
    case "signed64":
    case "unsigned64":
      return isInteger(value) ? integerText(value, form) : null;
    case "boolean":
      return value === true ? "true" : "false";
    case "double":
      return doubleText(Number(value));
    case "text":
      return String(value);
    case "buffer":
      return bufferText(String(value), buffers);
    case "address":
      return addressText(String(value));
    case "network":
      return "<IPNET>";
    case "none":
      return null;
    default:
      return family satisfies never;
  }
}

/** A value as JSON shows it; null where it counts as missing. */
export function scalarJson(value: ScalarValue, form: ValueForm, buffers: BufferFormat): OutputFieldValue {
  if (!isPrintable(form.type, "json")) return null;
  const decimal = form.print === "DEC" || form.print === "ID";
  if (typeof value === "boolean") return value;
  if (FAMILIES[form.type] === "double") return decimal ? BigInt(Math.trunc(Number(value))) : Number(value);
  if (isInteger(value) && decimal) return BigInt(value);
  const text = scalarText(value, form, buffers);
  return text === null ? null : decodeText(text);
}

function isInteger(value: ScalarValue): value is number | bigint {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** Formats that a family lacks leave no text, but for signed 64-bit numbers, which fall back to decimal digits. */
function integerText(value: number | bigint, { type, print }: ValueForm): string | null {
  switch (print) {
    case "DEC":
    case "ID":
      return String(value);
    case "HEX":
    case "OCT":
      // Narrow numbers are widened to 32 bits first, so a negative one shows eight hexadecimal digits.
      return printInteger(FAMILIES[type] === "narrow" ? BigInt.asUintN(32, BigInt(value)) : value, print);
    case "10_PADDED_DEC":
      return FAMILIES[type] === "narrow" ? null : printInteger(value, print);
    default:
      return FAMILIES[type] === "signed64" ? String(value) : null;
  }
}
