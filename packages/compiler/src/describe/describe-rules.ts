// SPDX-License-Identifier: Apache-2.0
import type { Collection } from "../load/collection.ts";
import type { CompiledCollection } from "../load/compile-collection.ts";
import type { Session } from "../load/session.ts";

/** What `falco -L` prints as JSON about the active rules (spec 4.7). */
export interface RulesDescription {
  readonly required_engine_version: string;
}

export function describeRules(
  collection: Collection,
  _active: CompiledCollection | null,
  _session: Session,
): RulesDescription {
  return { required_engine_version: collection.requiredEngineVersion };
}
