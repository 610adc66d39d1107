// SPDX-License-Identifier: Apache-2.0
import { type ByteString, decodeText } from "@falcoc/parser";
import type { Network } from "../ir/expr.ts";
import { parseIpv4, parseIpv6 } from "../program/address.ts";
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
