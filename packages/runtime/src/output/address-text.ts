// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/** Text of an address of 4 or 16 bytes in network order; null for any other length. */
export function addressText(address: ByteString): string | null {
  if (address.length === IPV4_BYTES) return dotted(address);
  return address.length === IPV6_BYTES ? ipv6Text(address) : null;
}

/** Bytes of an address written as text; null when it is none. */
export function parseAddress(text: string): ByteString | null {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function dotted(bytes: ByteString): string {
  return Array.from(bytes, (byte) => byte.charCodeAt(0)).join(".");
}

/** The longest run of two or more zero groups becomes `::`; addresses that hold an IPv4 one end in its dotted form. */
function ipv6Text(address: ByteString): string {
  const groups = Array.from({ length: 8 }, (_, i) => group(address, i));
  const zeros = longestZeroRun(groups);
  const holdsIpv4 = zeros.start === 0 && (zeros.length === 6 || (zeros.length === 5 && groups[5] === 0xffff));
  const texts = groups.map((value) => value.toString(16));
  if (holdsIpv4) texts.splice(6, 2, dotted(address.slice(12)));
  if (zeros.length < 2) return texts.join(":");
  return `${texts.slice(0, zeros.start).join(":")}::${texts.slice(zeros.start + zeros.length).join(":")}`;
}

function group(address: ByteString, index: number): number {
  return (address.charCodeAt(index * 2) << 8) | address.charCodeAt(index * 2 + 1);
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function parseIpv4(text: string): ByteString | null {
  const parts = text.split(".");
  if (parts.length !== IPV4_BYTES || !parts.every((part) => /^[0-9]{1,3}$/.test(part))) return null;
  const numbers = parts.map(Number);
  return numbers.every((number) => number <= 255) ? String.fromCharCode(...numbers) : null;
}

function parseIpv6(text: string): ByteString | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(parseGroups);
  if (head === null || head === undefined || tail === null) return null;
  if (tail === undefined) return head.length === IPV6_BYTES ? head : null;
  const missing = IPV6_BYTES - head.length - tail.length;
  return missing >= 2 ? head + "\0".repeat(missing) + tail : null;
}

/** Bytes of groups with colons between them, the last of which may be a dotted IPv4 address. */
function parseGroups(text: string): ByteString | null {
  if (text === "") return "";
  let bytes = "";
  const groups = text.split(":");
  for (const [i, one] of groups.entries()) {
    const last = i === groups.length - 1;
    if (last && one.includes(".")) {
      const ipv4 = parseIpv4(one);
      if (ipv4 === null) return null;
      bytes += ipv4;
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(one)) return null;
      const value = Number.parseInt(one, 16);
      bytes += String.fromCharCode(value >> 8, value & 0xff);
    }
  }
  return bytes;
}
