// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { describeShared } from "../shared.ts";
import { KNOWN_DIFFERENCES } from "./differences.ts";
import { SUITES } from "./index.ts";
import { runSuite } from "./suite.ts";

describeShared("the engine's own cases", (shared) => {
  it.each(SUITES)("$name", { timeout: 600_000 }, async (suite) => {
    const result = await runSuite(suite, shared, KNOWN_DIFFERENCES);
    expect(result.cases).toBeGreaterThan(0);
    expect(result.failed.slice(0, 10)).toEqual([]);
  });
});
