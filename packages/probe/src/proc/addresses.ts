// SPDX-License-Identifier: Apache-2.0

/** Bytes, in network order, of an address as it is written: dotted, or with colons, the zone left out. */
export function addressBytes(text: string): string {
  const [address = ""] = text.split("%");
  if (!address.includes(":")) return String.fromCharCode(...address.split(".").map(Number));
  const [head = "", tail] = address.split("::");
  const front = groups(head);
  const back = groups(tail ?? "");
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...new Array<number>(zeros).fill(0), ...back]
    .map((group) => String.fromCharCode(group >> 8, group & 0xff))
    .join("");
}

/** Bytes, in network order, of an address as /proc/net has it: words of 32 bits in the order of the processor. */
export function addressOfWords(hex: string): string {
  const bytes: number[] = [];
  for (let word = 0; word < hex.length; word += 8) {
    for (let byte = 6; byte >= 0; byte -= 2) {
      bytes.push(Number.parseInt(hex.slice(word + byte, word + byte + 2), 16));
    }
  }
  return String.fromCharCode(...bytes);
}

function groups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}
