// SPDX-License-Identifier: Apache-2.0

/** A rules file beyond this many bytes is refused: the largest published one has a hundredth of it. */
export const RULES_FILE_BYTES_MAX = 16 * 1024 * 1024;

/** A file of events beyond this many bytes is refused: it is held in memory as one text. */
export const EVENTS_FILE_BYTES_MAX = 256 * 1024 * 1024;

/** Files of one directory argument. */
export const DIRECTORY_ENTRIES_MAX = 10_000;
