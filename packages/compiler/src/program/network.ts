// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

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
