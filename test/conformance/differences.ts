// SPDX-License-Identifier: Apache-2.0
import type { KnownDifference } from "./suite.ts";

/** Every case in which we knowingly differ from the engine. `docs/differences.md` is made from this table. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
