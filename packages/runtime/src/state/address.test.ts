// SPDX-License-Identifier: Apache-2.0
import { parseAddress } from "@falcoc/compiler/program";
import { expect, it } from "vitest";
import { endpointText, isMappedIpv4, unmapIpv4 } from "./address.ts";

const bytes = (text: string) => parseAddress(text) as string;

it.each([
  ["127.0.0.1", 80, "127.0.0.1:80"],
  ["::", 53, ":::53"],
  ["fd00::7", 65535, "fd00::7:65535"],
])("%s and %i are %s", (address, port, expected) => {
  expect(endpointText(bytes(address), port)).toBe(expected);
});

it.each([
  ["::ffff:10.0.0.1", true],
  ["::", true],
  ["::1", false],
  ["::10.0.0.1", false],
  ["1::ffff:10.0.0.1", false],
  ["fe80::ffff:1", false],
])("%s stands for an IPv4 address: %s", (address, expected) => {
  expect(isMappedIpv4(bytes(address))).toBe(expected);
});

it("takes the IPv4 address out of a mapped one", () => {
  expect(unmapIpv4(bytes("::ffff:10.1.2.3"))).toBe(bytes("10.1.2.3"));
});
