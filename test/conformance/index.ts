// SPDX-License-Identifier: Apache-2.0
import { filterEventTypes, goldenEventTypes } from "./event-types.ts";
import { filterEscaping } from "./filter-escaping.ts";
import { filterParse, filterParseOfficial } from "./filter-parse.ts";
import type { Suite } from "./suite.ts";

/** All suites, in the order in which the table shows them. */
export const SUITES: readonly Suite[] = [
  filterParse,
  filterParseOfficial,
  filterEscaping,
  filterEventTypes,
  goldenEventTypes,
];
