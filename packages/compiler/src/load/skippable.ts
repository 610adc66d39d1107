// SPDX-License-Identifier: Apache-2.0
import type { RuleEntry } from "./collection.ts";

/** Error texts for which `skip-if-unknown-filter` drops the rule. */
const SKIPPABLE = ["nonexistent field", "unknown event type", "unknown filter:", "invalid formatting token"];

/** Whether an error makes a rule go away instead of failing the load. */
export function isSkippable(message: string, { skipIfUnknownFilter }: RuleEntry): boolean {
  return skipIfUnknownFilter && SKIPPABLE.some((text) => message.includes(text));
}
