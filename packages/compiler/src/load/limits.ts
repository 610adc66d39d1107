// SPDX-License-Identifier: Apache-2.0

/** Longest condition or output after lists and exceptions have been put in, in bytes. */
export const TEXT_BYTES_MAX = 1024 * 1024;
/** Nodes and nesting of one condition with its macros put in. */
export const CONDITION_NODES_MAX = 200_000;
export const CONDITION_DEPTH_MAX = 1000;
/** Errors of one file for which a name among those of all files is looked for that may have been meant. */
export const HINTED_ERRORS_MAX = 100;
/** Findings kept for one file; the rest is only counted. */
export const FINDINGS_MAX = 10_000;
