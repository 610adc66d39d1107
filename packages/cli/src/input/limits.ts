// SPDX-License-Identifier: Apache-2.0

/** A file of events beyond this many bytes is refused: it is held in memory as one text. */
export const EVENTS_FILE_BYTES_MAX = 256 * 1024 * 1024;

/** Files of one directory argument. */
export const DIRECTORY_ENTRIES_MAX = 10_000;

/** The same for YAML, whose tree takes fifty times its text. */
export const YAML_EVENTS_BYTES_MAX = 16 * 1024 * 1024;

/** Events of one capture that are told apart in a test report; those beyond are counted. */
export const CAPTURE_MATCHES_MAX = 10_000;
