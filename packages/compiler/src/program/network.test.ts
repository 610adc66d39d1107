// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { inNetwork, networkTest } from "./network.ts";

it.each<[address: string, network: string, prefix: number, verdict: boolean]>([
  ["\x0a\x01\x02\x03", "\x0a\x00\x00\x00", 8, true],
  ["\x0b\x01\x02\x03", "\x0a\x00\x00\x00", 8, false],
  ["\xc0\xa8\x01\x7f", "\xc0\xa8\x01\x00", 25, true],
  ["\xc0\xa8\x01\x80", "\xc0\xa8\x01\x00", 25, false],
  ["\xff\xff\xff\xff", "\x00\x00\x00\x00", 0, true],
  ["\x0a\x01\x02\x03", "\x0a\x01\x02\x03", 32, true],
  ["\x0a\x01\x02\x03", "\0".repeat(16), 0, false],
  [`\x20\x01${"\0".repeat(14)}`, `\x20\x01\x0d${"\0".repeat(13)}`, 16, true],
])("%j in %j/%i: %s", (address, network, prefix, verdict) => {
  expect(inNetwork(address, network, prefix)).toBe(verdict);
  expect(networkTest([[network, prefix]])(address)).toBe(verdict);
  expect(
    networkTest([
      ["\x01\x02\x03\x04", 31],
      [network, prefix],
    ])(address),
  ).toBe(verdict);
});
