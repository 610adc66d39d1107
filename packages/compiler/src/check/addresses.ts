// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import type { Network } from "../ir/expr.ts";
import { parseInteger } from "./integer-literal.ts";
import { failure, type Result, success } from "./result.ts";

/** Reads an address: with a dot it is one of version 4, else one of version 6. Gives its bytes. */
export function parseAddress(text: ByteString): Result<ByteString> {
  const isIpv4 = text.includes(".");
  const address = isIpv4 ? parseIpv4(text) : parseIpv6(text);
  if (address !== null) return success(address);
  return failure("bad-literal", `unrecognized IPv${isIpv4 ? 4 : 6} address ${decodeText(text)}`);
}

/** Reads `address/prefix`. The prefix counts modulo 256. */
export function parseNetwork(text: ByteString): Result<Network> {
  const shown = decodeText(text);
  const isIpv4 = text.includes(".");
  const slash = text.indexOf("/");
  if (slash < 0) {
    return failure(
      "bad-literal",
      isIpv4 ? `unrecognized IP network ${shown}` : `invalid v6 netmask: ${shown}`,
    );
  }
  const address = (isIpv4 ? parseIpv4 : parseIpv6)(text.slice(0, slash));
  if (address === null) return failure("bad-literal", `unrecognized IP address ${shown}`);
  const digits = text.slice(slash + 1);
  const prefix = parseInteger(digits, { bits: 8, signed: false });
  if (!prefix.ok) return prefix;
  const bits = Number(prefix.value);
  if (bits > address.length * 8 || (bits === 0 && !isIpv4)) {
    return failure("bad-literal", `invalid ${isIpv4 ? "" : "v6 "}netmask ${decodeText(digits)}`);
  }
  return success({ kind: "network", address, prefix: bits });
}

/** Four bytes of a dotted quad of decimal numbers without leading zeros; null for anything else. */
export function parseIpv4(text: string): ByteString | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? String.fromCharCode(...bytes) : null;
}

/** Sixteen bytes of hexadecimal groups, at most one run of zeros as `::`; null for anything else. */
export function parseIpv6(text: string): ByteString | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(parseGroups);
  if (head === null || head === undefined || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? head : null;
  const zeros = 16 - head.length - tail.length;
  return zeros >= 2 ? head + "\0".repeat(zeros) + tail : null;
}

function parseGroups(text: string): ByteString | null {
  if (text === "") return "";
  const groups = text.split(":");
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return null;
  const values = groups.map((group) => Number.parseInt(group, 16));
  return String.fromCharCode(...values.flatMap((value) => [value >> 8, value & 255]));
}
