// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";
import type { TextTest } from "./text-test.ts";

/**
 * Whether an address lies in a network. Both are 4 or 16 bytes in network order; an address of the other family
 * lies outside. `prefix` counts the leading bits that must agree; the other bits of `network` do not matter.
 */
export function inNetwork(address: ByteString, network: ByteString, prefix: number): boolean {
  if (address.length !== network.length) return false;
  for (let i = 0; i * 8 < prefix; i++) {
    const bits = Math.min(prefix - i * 8, 8);
    const mask = (0xff << (8 - bits)) & 0xff;
    if (((address.charCodeAt(i) ^ network.charCodeAt(i)) & mask) !== 0) return false;
  }
  return true;
}

/** Prepares a test whether an address lies in one of many networks: one look-up for each length of prefix. */
export function networkTest(networks: readonly (readonly [network: ByteString, prefix: number])[]): TextTest {
  const groups = new Map<
    string,
    { readonly bytes: number; readonly prefix: number; readonly masked: Set<ByteString> }
  >();
  for (const [network, prefix] of networks) {
    const key = `${network.length}/${prefix}`;
    const group = groups.get(key) ?? { bytes: network.length, prefix, masked: new Set() };
    groups.set(key, group);
    group.masked.add(leadingBits(network, prefix));
  }
  const all = [...groups.values()];
  return (address) =>
    all.some(
      ({ bytes, prefix, masked }) => address.length === bytes && masked.has(leadingBits(address, prefix)),
    );
}

/** The bytes that a prefix covers, the last one cut to its bits. */
function leadingBits(address: ByteString, prefix: number): ByteString {
  const whole = address.slice(0, prefix >> 3);
  const bits = prefix & 7;
  if (bits === 0) return whole;
  return whole + String.fromCharCode(address.charCodeAt(prefix >> 3) & (0xff << (8 - bits)) & 0xff);
}
