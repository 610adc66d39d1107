// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";
import type { InterfaceEntry } from "../capture/records.ts";

/** Longest list of interfaces that is kept. */
export const INTERFACES_MAX = 4096;
/** Bytes of an IPv6 address that tell its subnet. */
const IPV6_SUBNET_BYTES = 8;
const LOOPBACK_FIRST_BYTE = "\x7f";

/** Addresses of the machine's network interfaces. */
export class InterfaceTable {
  #ipv4: readonly InterfaceEntry[] = [];
  #ipv6: readonly InterfaceEntry[] = [];

  replace(list: readonly InterfaceEntry[]): void {
    const kept = list.slice(0, INTERFACES_MAX);
    this.#ipv4 = kept.filter((entry) => entry.family === 4);
    this.#ipv6 = kept.filter((entry) => entry.family === 6);
  }

  /** Whether an IPv4 address is one of an interface. */
  hasIpv4(address: ByteString): boolean {
    return this.#ipv4.some((entry) => entry.address === address);
  }

  /** Whether an IPv6 address lies in the subnet of an interface. */
  isLocalIpv6(address: ByteString): boolean {
    const subnet = address.slice(0, IPV6_SUBNET_BYTES);
    return this.#ipv6.some((entry) => entry.address.startsWith(subnet));
  }

  /**
   * Our own address towards an IPv4 peer: that of the interface which has the peer's, else of one in the same
   * subnet, else of the first that is not the loopback. Null: there is none.
   */
  ownIpv4(peer: ByteString): ByteString | null {
    const entry =
      this.#ipv4.find((one) => one.address === peer) ??
      this.#ipv4.find((one) => inSameSubnet(one, peer)) ??
      this.#ipv4.find((one) => !one.address.startsWith(LOOPBACK_FIRST_BYTE));
    return entry?.address ?? null;
  }

  /** As `ownIpv4`, for IPv6: the first interface in the peer's subnet, else the first one. */
  ownIpv6(peer: ByteString): ByteString | null {
    const subnet = peer.slice(0, IPV6_SUBNET_BYTES);
    const entry = this.#ipv6.find((one) => one.address.startsWith(subnet)) ?? this.#ipv6[0];
    return entry?.address ?? null;
  }
}

function inSameSubnet(entry: InterfaceEntry, peer: ByteString): boolean {
  for (let i = 0; i < 4; i++) {
    const mask = entry.netmask.charCodeAt(i);
    if ((entry.address.charCodeAt(i) & mask) !== (peer.charCodeAt(i) & mask)) return false;
  }
  return true;
}
