// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, it } from "vitest";
import { CodeSet } from "./code-set.ts";

const LIMIT = 100;
const codes = fc.uniqueArray(fc.integer({ min: 0, max: LIMIT - 1 }));

it("does what sets do", () => {
  fc.assert(
    fc.property(codes, codes, (a, b) => {
      const [left, right] = [CodeSet.of(LIMIT, a), CodeSet.of(LIMIT, b)];
      const ascending = (members: Iterable<number>) => [...members].sort((x, y) => x - y);
      expect(left.toArray()).toEqual(ascending(a));
      expect(left.union(right).toArray()).toEqual(ascending(new Set([...a, ...b])));
      expect(left.intersection(right).toArray()).toEqual(ascending(a.filter((code) => b.includes(code))));
      expect(left.difference(right).toArray()).toEqual(ascending(a.filter((code) => !b.includes(code))));
    }),
  );
});
