// SPDX-License-Identifier: Apache-2.0
import { LOAD_CODES } from "../load/load-codes.ts";
import { OWN_CODES } from "../load/own-codes.ts";
import { LINT_RULES } from "./index.ts";

/** Codes of what compiling finds. */
export const COMPILE_CODES: readonly string[] = [...Object.keys(LOAD_CODES), ...Object.keys(OWN_CODES)];

/** Codes of all findings that there are. */
export const KNOWN_CODES: ReadonlySet<string> = new Set([
  ...LINT_RULES.map(({ code }) => code),
  ...COMPILE_CODES,
]);
