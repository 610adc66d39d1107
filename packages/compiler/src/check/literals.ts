// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import { isEventTypeName } from "../catalog/event-names.ts";
import type { FieldCatalog, ValueType } from "../catalog/types.ts";
import type { Literal } from "../ir/expr.ts";
import type { LiteralForm } from "../operators/index.ts";
import { compileRegex, type FieldUse, wrapInteger } from "../program/index.ts";
import { parseAddress, parseNetwork } from "./addresses.ts";
import { parseInteger } from "./integer-literal.ts";
import { failure, type Result, success } from "./result.ts";
import { servicePort } from "./services.ts";
import { UNREADABLE_TYPE_CODES, VALUE_TYPE_FACTS } from "./value-types.ts";

/** Longest text or buffer that may be compared with, in bytes; the engine keeps a byte for a NUL. */
const LITERAL_BYTES_MAX = 255;

/**
 * Reads a literal for the type it is compared with. Those of `evt.type` must be whole names of events besides,
 * whatever the operator and the transformers.
 *
 * @param field the field that the left side reads, under its transformers; null when it reads none or several.
 */
export function parseLiteral(
  text: ByteString,
  type: ValueType,
  form: LiteralForm,
  field: FieldUse | null,
  { asyncEvents }: FieldCatalog,
): Result<Literal> {
  const literal = readLiteral(text, type, form, field);
  if (!literal.ok || field?.name !== "evt.type") return literal;
  const name = decodeText(text);
  if (isEventTypeName(name, asyncEvents)) return literal;
  return failure("unknown-event-type", `unknown event type ${name}`, name);
}

function readLiteral(
  text: ByteString,
  type: ValueType,
  form: LiteralForm,
  field: FieldUse | null,
): Result<Literal> {
  const isRawBuffer = type === "BYTEBUF" && field?.name === "evt.rawarg";
  const reader = isRawBuffer ? null : VALUE_TYPE_FACTS[type].literal;
  if (text.includes("\0") && reader !== "bytes") {
    return failure("bad-literal", "filter error: filter value cannot contain a NUL byte (\\x00)");
  }
  if (form === "hex") return parseHex(text);
  if (reader === null) return failure("bad-literal", `wrong parameter type ${UNREADABLE_TYPE_CODES[type]}`);
  if (typeof reader === "object") return parseInteger(text, reader);
  switch (reader) {
    case "port":
      return parsePort(text);
    case "bool":
      return parseBoolean(text);
    case "address":
      return parseAddress(text);
    case "network":
      return parseNetwork(text);
    case "bytes":
      return parseBytes(text);
    case "text":
      return parseText(text, form);
    default:
      return reader satisfies never;
  }
}

function parseText(text: ByteString, form: LiteralForm): Result<Literal> {
  if (text.length > LITERAL_BYTES_MAX) {
    const used = text.length + 1;
    const message = `filter parameter too long (used=${used}, available=${LITERAL_BYTES_MAX + 1}):`;
    return failure("bad-literal", message + decodeText(text));
  }
  if (form === "regex") {
    const regex = compileRegex(text);
    if (!regex.ok) return failure("bad-regex", `invalid regex pattern: ${regex.message}`);
  }
  return success(text);
}

function parseBytes(text: ByteString): Result<Literal> {
  if (text.length <= LITERAL_BYTES_MAX) return success(text);
  return failure("bad-literal", "filter parameter too long (byte buf)");
}

function parseHex(text: ByteString): Result<Literal> {
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(text)) {
    const message = "filter error: bcontains and bstartswith operator support hex strings only";
    return failure("bad-literal", message);
  }
  return success(text.replace(/../g, (digits) => String.fromCharCode(Number.parseInt(digits, 16))));
}

function parseBoolean(text: ByteString): Result<Literal> {
  if (text === "true" || text === "false") return success(text === "true");
  return failure("bad-literal", `filter error: unrecognized boolean value ${decodeText(text)}`);
}

/** Digits are a number, anything else the name of a service. */
function parsePort(text: ByteString): Result<Literal> {
  if (/^\d*$/.test(text)) {
    const port = BigInt(text);
    if (port < 2n ** 31n) return success(wrapInteger(port, 16, false));
    return failure("bad-literal", `port number ${text} is out of range`);
  }
  const port = servicePort(text);
  if (port !== null) return success(port);
  return failure("bad-literal", `unrecognized protocol ${decodeText(text)}`);
}
