// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { UNKNOWN_PROCESS } from "../capture/records.ts";
import { CgroupTable } from "./cgroup-table.ts";
import { threadOfEntry } from "./metadata.ts";

it.each([
  [undefined, 0n],
  [0, 0n],
  [1_700_000_000_000_000_001n, 1_700_000_000_000_000_001n],
])("keeps when a process was started, where that is known: %s", (cloneTimeNs, expected) => {
  const entry = { ...UNKNOWN_PROCESS, cloneTimeNs };
  expect(threadOfEntry(entry, new CgroupTable()).cloneTimeNs).toBe(expected);
});
