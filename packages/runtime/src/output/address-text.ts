// SPDX-License-Identifier: Apache-2.0
import type { ByteString } from "@falcoc/compiler/program";

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;
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
