// SPDX-License-Identifier: Apache-2.0
import { basename } from "node:path";

const RULES = /\.ya?ml$/;
const TEST_CASES = /^(?:(?:.+\.)?(?:events|cases)|.+\.test)\.ya?ml$/;
const EVENTS = /\.(?:jsonl|json|scap)$/;

/** True for names that `falcoc test` takes as events or test cases when it finds them beside rules. */
export function isEventsFileName(path: string): boolean {
  const name = basename(path);
  return EVENTS.test(name) || TEST_CASES.test(name);
}

/** True for names that a directory given as RULES contributes: YAML files, but for those of test cases. */
export function isRulesFileName(path: string): boolean {
  const name = basename(path);
  return RULES.test(name) && !TEST_CASES.test(name);
}
