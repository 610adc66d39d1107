// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import { addressText } from "../output/address-text.ts";

export const ANY_IPV4 = "\0\0\0\0";
export const ANY_IPV6 = "\0".repeat(16);

const MAPPED_PREFIX = "\0".repeat(10);

/** `address:port`, without brackets around IPv6. */
export function endpointText(address: ByteString, port: number): string {
  return `${addressText(address)}:${port}`;
}

/**
 * Whether an IPv6 address is taken for an IPv4 one: ten zero bytes, then two of ones. The address of all zeroes
 * counts too.
 */
export function isMappedIpv4(address: ByteString): boolean {
  if (!address.startsWith(MAPPED_PREFIX)) return false;
  return (address[10] === "\xff" && address[11] === "\xff") || address === ANY_IPV6;
}

/** The IPv4 address inside a mapped one. */
export function unmapIpv4(address: ByteString): ByteString {
  return address.slice(12);
}
