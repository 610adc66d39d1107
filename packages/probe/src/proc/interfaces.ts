// SPDX-License-Identifier: Apache-2.0
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import type { InterfaceEntry } from "@falcoc/runtime";
import { addressBytes } from "./addresses.ts";

/** Addresses of the network interfaces of the host. */
export function readInterfaces(): InterfaceEntry[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.map((address) => entryOf(name, address)),
  );
}

function entryOf(name: string, info: NetworkInterfaceInfo): InterfaceEntry {
  const address = addressBytes(info.address);
  const netmask = addressBytes(info.netmask);
  return {
    family: info.family === "IPv4" ? 4 : 6,
    name: Buffer.from(name).toString("latin1"),
    address,
    netmask,
    broadcast: info.family === "IPv4" ? broadcastOf(address, netmask) : "\0".repeat(address.length),
    linkSpeed: 0,
  };
}

function broadcastOf(address: string, netmask: string): string {
  const bytes = [...address].map((char, i) => char.charCodeAt(0) | (~netmask.charCodeAt(i) & 0xff));
  return String.fromCharCode(...bytes);
}
