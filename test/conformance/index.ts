// SPDX-License-Identifier: Apache-2.0
import type { Suite } from "./suite.ts";

/** All suites, in the order in which the table shows them. */
export const SUITES: readonly Suite[] = [];
