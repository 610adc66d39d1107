// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/parser";

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/** Bytes of an address in network order: with a colon it is one of version 6, else one of version 4; null when it is none. */
export function parseAddress(text: string): ByteString | null {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** Four bytes of a dotted quad of decimal numbers without leading zeros; null for anything else. */
export function parseIpv4(text: string): ByteString | null {
  const parts = text.split(".");
  if (parts.length !== IPV4_BYTES || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? String.fromCharCode(...bytes) : null;
}

/**
 * Sixteen bytes of hexadecimal groups, at most one run of zeros as `::`, the last two groups perhaps as an address of
 * version 4; null for anything else.
 */
export function parseIpv6(text: string): ByteString | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, i) => parseGroups(half, i === halves.length - 1));
  if (head === null || head === undefined || tail === null) return null;
  if (tail === undefined) return head.length === IPV6_BYTES ? head : null;
  const zeros = IPV6_BYTES - head.length - tail.length;
  return zeros >= 2 ? head + "\0".repeat(zeros) + tail : null;
}

function parseGroups(text: string, isLast: boolean): ByteString | null {
  if (text === "") return "";
  const groups = text.split(":");
  const parsed = groups.map((group, i) =>
    isLast && i === groups.length - 1 && group.includes(".") ? parseIpv4(group) : parseGroup(group),
  );
  return parsed.includes(null) ? null : parsed.join("");
}

function parseGroup(text: string): ByteString | null {
  if (!/^[0-9A-Fa-f]{1,4}$/.test(text)) return null;
  const value = Number.parseInt(text, 16);
  return String.fromCharCode(value >> 8, value & 255);
}
