// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;
/** Groups of two bytes. */
const GROUPS = 8;
/** Texts of the values of a byte. */
const DECIMAL: readonly string[] = Array.from({ length: 256 }, (_, byte) => String(byte));

/** Text of an address of 4 or 16 bytes in network order; null for any other length. */
export function addressText(address: ByteString): string | null {
  if (address.length === IPV4_BYTES) return dotted(address);
  return address.length === IPV6_BYTES ? ipv6Text(address) : null;
}

function dotted(bytes: ByteString): string {
  let text = DECIMAL[bytes.charCodeAt(0)] as string;
  for (let i = 1; i < IPV4_BYTES; i++) text += `.${DECIMAL[bytes.charCodeAt(i)]}`;
  return text;
}

/** The longest run of two or more zero groups becomes `::`; addresses that hold an IPv4 one end in its dotted form. */
function ipv6Text(address: ByteString): string {
  const { start, end } = longestZeroRun(address);
  if (end - start < 2) return groupsText(address, 0, GROUPS);
  return `${groupsText(address, 0, start)}::${ipv4Text(address, start, end) ?? groupsText(address, end, GROUPS)}`;
}

/** What follows the zeros of an address that holds an IPv4 one; null: it holds none. */
function ipv4Text(address: ByteString, zerosStart: number, zerosEnd: number): string | null {
  if (zerosStart !== 0) return null;
  if (zerosEnd === 6) return dotted(address.slice(12));
  return zerosEnd === 5 && group(address, 5) === 0xffff ? `ffff:${dotted(address.slice(12))}` : null;
}

function groupsText(address: ByteString, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) text += `${i > start ? ":" : ""}${group(address, i).toString(16)}`;
  return text;
}

function group(address: ByteString, index: number): number {
  return (address.charCodeAt(index * 2) << 8) | address.charCodeAt(index * 2 + 1);
}

/** The first of the longest runs; empty: there is no zero group. */
function longestZeroRun(address: ByteString): { readonly start: number; readonly end: number } {
  let best = { start: 0, end: 0 };
  for (let start = 0; start < GROUPS; start++) {
    let end = start;
    while (end < GROUPS && group(address, end) === 0) end++;
    if (end - start > best.end - best.start) best = { start, end };
  }
  return best;
}
