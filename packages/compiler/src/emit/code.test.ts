// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Code, code, joinCode, type LiteralValue, nameCode } from "./code.ts";

/** Value of an expression that the fragment is. */
function evaluated(fragment: Code): unknown {
  return new Function(`return (${fragment});`)();
}

it("puts fragments in as code and values as literals", () => {
  const name = nameCode("k", 3);
  expect(code`${name} === ${"a"} && ${joinCode([1, -2, 3n, true, null], code`, `)}`.toString()).toBe(
    'k3 === "a" && 1, (-2), 3n, true, null',
  );
});

it("gives back every value that went in", () => {
  const value: fc.Arbitrary<LiteralValue> = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true }).filter((number) => !Object.is(number, -0)),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(value, (one) => {
      expect(evaluated(code`${one}`)).toBe(one);
    }),
  );
});

it("writes texts in ASCII, without anything that a page could take for a tag", () => {
  expect(code`${'</script> <!-- \u2028 é " \\'}`.toString()).toBe(
    '"\\u003c/script> \\u003c!-- \\u2028 \\u00e9 \\" \\\\"',
  );
});

it("takes nothing for a fragment that only looks like one", () => {
  const forged = { toString: () => "globalThis.owned = true", length: 1 } as unknown as Code;
  expect(() => evaluated(code`${forged}`)).not.toThrow();
  expect((globalThis as { owned?: boolean }).owned).toBeUndefined();
});
