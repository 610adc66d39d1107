// SPDX-License-Identifier: Apache-2.0
import { diagnosticsPage } from "./diagnostics.ts";
import { differencesPage } from "./differences.ts";
import { fieldsPage } from "./fields.ts";
import { lintPage } from "./lint.ts";
import { operatorsPage } from "./operators.ts";
import type { Page } from "./page.ts";

/** Everything that is made from tables. */
export const PAGES: readonly Page[] = [fieldsPage, operatorsPage, diagnosticsPage, lintPage, differencesPage];
